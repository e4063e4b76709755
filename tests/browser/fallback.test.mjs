// The explorer without WebGL 2, drawn by its own rasteriser. Its pixels are those of `loom render`.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {chooseOverlay, chooseTool, drag, press} from './help/controls.mjs';
import {NO_WEBGL, assertNear, downloaded, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {setUpHost, withHost} from './help/host.mjs';
import {assertDecoded, readPng, screenshot} from './help/pictures.mjs';
import {manifest, root} from './help/server.mjs';
import {overlays, tools} from './help/tables.mjs';

const LOOM = process.env.LOOM ?? join(root, 'build/release/loom');
const [{name: first, path}, , , {name: other}] = manifest().models;

const folder = mkdtempSync(join(tmpdir(), 'loom-fallback-'));
after(() => rmSync(folder, {recursive: true}));

// The view of a link as the native program draws it.
function rendered(state, {width = 1280, height = 800, scale = 1, theme = 'light'} = {}) {
  const out = join(folder, 'view.png');
  const {status, stderr} = spawnSync(LOOM, ['render', '--weights', join(root, 'weights'), '--state', state, '--size', `${width}x${height}`,
    '--scale', String(scale), '--theme', theme, '--out', out]);
  assert.equal(status, 0, `${stderr}`);
  return readPng(readFileSync(out));
}

const PAGE_SIGNS = ['find', 'film']; // signs outside the header that only the page has

// The share of pixels of a part of the page that differ from the native image, apart from those signs.
function difference(seen, native, place, scale = 1, signs = []) {
  const skipped = (x, y) => signs.some((sign) => x >= sign.x * scale && x < (sign.x + sign.width) * scale && y >= sign.y * scale && y < (sign.y + sign.height) * scale);
  const left = Math.round(place.x * scale), top = Math.round(place.y * scale);
  const right = Math.round((place.x + place.width) * scale), bottom = Math.round((place.y + place.height) * scale);
  let far = 0, count = 0;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++, count++)
      if (!skipped(x, y) && seen.at(x, y).some((value, i) => Math.abs(value - native.at(x, y)[i]) > 4)) far++;
  return far / count;
}
const whole = (page) => page.evaluate(() => ({x: 0, y: 0, width: innerWidth, height: innerHeight}));

async function assertRendered(explorer, page, state, options = {}) {
  await page.evaluate(() => document.activeElement.blur());
  await page.mouse.move(0, 0);
  await explorer.settled();
  const native = rendered(state, options), seen = await screenshot(page, await whole(page));
  const signs = await page.evaluate((ids) => ids.map((id) => window.loom.pressable(id)), PAGE_SIGNS);
  for (const part of ['plane', 'decoded', 'reading', 'legend', 'tool']) {
    const place = await explorer.place(part);
    if (place.width < 1) continue;
    const share = difference(seen, native, place, options.scale, signs);
    assert.ok(share < 0.002, `${state}: ${(100 * share).toFixed(2)} % of the pixels of ${part} are not those of loom render`);
  }
}

describe('without WebGL', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, async (explorer, page) => {
    assert.equal(await explorer.get('drawnWith'), '2d');
    await run(explorer, page);
  });

  for (const [state, options] of [['z=0.5,0.75', {}], ['z=1,0.5&overlay=holes&theme=dark', {theme: 'dark'}], ['overlay=tiles&z=-1,0.25', {}],
    ['overlay=posterior&z=0.3,-1.2', {}], ['tool=path&a=-1.5,0.5&b=1.5,-0.5&c=1,8', {}], [`m=${other}&tool=model&overlay=density`, {}]])
    test(`the pixels of loom render: ${state}`, () => withPage((explorer, page) => assertRendered(explorer, page, `m=${first}&${state}`.replace(/^m=.*&m=/, 'm='), options),
      {hash: `#${state}`}));

  test('on a phone with two device pixels per point, and after the window was resized', () => withPage(async (explorer, page) => {
    await assertRendered(explorer, page, `m=${first}&z=1,0.5`, {width: 390, height: 844, scale: 2});
    await page.setViewportSize({width: 700, height: 420});
    await until(() => page.evaluate(() => document.getElementById('canvas').width === 1400), 'the canvas of the new size');
    await assertRendered(explorer, page, `m=${first}&z=1,0.5`, {width: 700, height: 420, scale: 2});
  }, {hash: '#z=1,0.5', viewport: {width: 390, height: 844}, deviceScaleFactor: 2}));

  test('a resize event without a new size changes no pixel', () => withPage(async (explorer, page) => {
    await page.evaluate(() => dispatchEvent(new Event('resize')));
    await quietTime();
    await assertRendered(explorer, page, `m=${first}&z=1,0.5`);
  }, {hash: '#z=1,0.5'}));

  test('follows the system to the dark theme', () => withPage(async (explorer, page) => {
    await page.emulateMedia({colorScheme: 'dark'});
    await until(() => page.evaluate(() => document.documentElement.dataset.theme === 'dark'), 'the dark page');
    await assertRendered(explorer, page, `m=${first}&z=1,0.5`, {theme: 'dark'});
  }, {hash: '#z=1,0.5'}));

  test('the pointer drags z, the wheel zooms, and an idle page draws nothing', () => withPage(async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane'), at = [x + 0.3 * width, y + 0.7 * height];
    await drag(explorer, [x + width / 2, y + height / 2], at);
    assertNear(await explorer.z(), await explorer.latent(...at), 0.02, 'z');
    assertDecoded(first, await explorer.shown());
    const unit = await explorer.unit(), under = await explorer.latent(...at);
    await page.mouse.wheel(0, -120);
    await until(async () => await explorer.unit() > 1.1 * unit, 'magnified');
    assertNear(await explorer.latent(...at), under, 0.02, 'the place under the pointer');
    await explorer.settled();
    const frames = await explorer.frames();
    await page.waitForTimeout(500);
    assert.equal(await explorer.frames(), frames);
  }));

  test('keys and controls work as with WebGL', () => withPage(async (explorer, page) => {
    await page.focus('#canvas');
    await explorer.press('ArrowRight');
    assert.ok((await explorer.z())[0] > 0);
    await explorer.press('o');
    assertNear(await explorer.z(), [0, 0], 0, 'origin');
    await page.click('#controls-button');
    await page.getByRole('button', {name: 'Ankle boot', exact: true}).click();
    await until(async () => (await explorer.state()).c === '9', 'the class');
    await page.selectOption('#controls [data-ask=model]', other);
    await until(async () => await explorer.model() === other, 'the other model');
    await explorer.settled();
    assertDecoded(other, await explorer.shown());
  }));

  test('two fingers pinch, and z stays', () => withPage(async (explorer, page) => {
    const session = await page.context().newCDPSession(page), z = await explorer.z(), unit = await explorer.unit();
    const {x, y, width, height} = await explorer.place('plane'), [mx, my] = [x + width / 2, y + height / 2];
    const send = async (type, ...points) => {
      await session.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([px, py], id) => ({x: px, y: py, id}))});
      await explorer.frame();
    };
    await send('touchStart', [mx - 40, my]);
    await send('touchStart', [mx - 40, my], [mx + 40, my]);
    for (let i = 1; i <= 8; i++) await send('touchMove', [mx - 40 - 5 * i, my], [mx + 40 + 5 * i, my]);
    await send('touchEnd');
    await explorer.settled();
    assert.ok(Math.abs(await explorer.unit() / unit - 2) < 0.2, `twice the distance magnifies by ${await explorer.unit() / unit}`);
    assertNear(await explorer.z(), z, 1e-6, 'z');
  }, {viewport: {width: 390, height: 700}, hasTouch: true, isMobile: true}));

  test('every overlay can be chosen from the list, changes the plane, and allows dragging', () => withPage(async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane');
    const clip = {x: x + width / 2, y: y + 100, width: width / 2 - 80, height: height - 200}; // beside the legend
    const plain = await page.screenshot({clip});
    for (const [row, key] of overlays.entries()) {
      if (!key) continue;
      await chooseOverlay(explorer, row);
      assert.equal((await explorer.state()).overlay, key);
      await explorer.settled();
      assert.ok(!plain.equals(await page.screenshot({clip})), `${key} draws nothing`);
    }
    const at = [x + 0.6 * width, y + 0.6 * height];
    await drag(explorer, [x + width / 2, y + height / 2], at);
    assertNear(await explorer.z(), await explorer.latent(...at), 0.02, 'z');
  }));

  test('every tool can be chosen from the list and shows its content', () => withPage(async (explorer, page) => {
    for (const [n, key] of tools.entries()) {
      if (!key || key === 'replay' || key === 'plane') continue; // only for models with a replay, or with more dimensions
      await chooseTool(explorer, n);
      assert.equal((await explorer.state()).tool, key);
      await explorer.settled();
      const place = await explorer.place('tool'), picture = await screenshot(page, place), colors = new Set();
      for (let i = 0; i < picture.height; i += 2) for (let j = 0; j < picture.width; j += 2) colors.add(picture.at(j, i).join());
      assert.ok(colors.size > 20, `${key} shows ${colors.size} colours`);
    }
  }));

  test('nothing locked changes', () => withPage(async (explorer, page) => {
    const before = await explorer.get('state'), {x, y, width, height} = await explorer.place('plane');
    const picture = await explorer.shown();
    await drag(explorer, [x + width / 2, y + height / 2], [x + 0.3 * width, y + 0.7 * height]);
    await page.mouse.wheel(0, -240);
    for (const key of ['ArrowRight', '+', 'l', '3', 'o']) await explorer.press(key);
    await explorer.settled();
    assert.equal(await explorer.get('state'), before);
    assert.deepEqual(await explorer.shown(), picture);
  }, {hash: '#z=1,0.5&lock=all'}));

  test('the address keeps all fields of the link, and changes of the address take effect', () => withPage(async (explorer, page) => {
    await page.focus('#canvas');
    await explorer.press('ArrowUp');
    const fields = await until(() => page.evaluate(() => {
      const found = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
      return found.z && found.z !== '0.5,-0.25' && found;
    }), 'the address');
    assert.match(fields.z, /^0\.5,-?[\d.]+$/);
    assert.deepEqual([fields.m, fields.overlay, fields.hide, fields.lock], [other, 'density', 'legend', 'view']);
    await page.evaluate(() => { location.hash = location.hash.replace(/z=[^&]*/, 'z=1,1'); });
    await until(async () => (await explorer.z())[0] === 1, 'the address that was changed');
    const state = await explorer.state();
    assert.deepEqual([state.m, state.overlay, state.hide, state.lock], [other, 'density', 'legend', 'view']);
    assert.equal((await explorer.place('legend')).width, 0);
  }, {hash: `#m=${other}&z=0.5,-0.25&overlay=density&hide=legend&lock=view`}));

  test('a hidden tab draws nothing and shows the newest state when it comes back', () => withPage(async (explorer, page) => {
    const behind = await page.context().newPage();
    await behind.bringToFront();
    await page.evaluate(() => { location.hash = '#z=1,1'; });
    await page.bringToFront();
    await behind.close();
    await until(async () => (await explorer.state()).z === '1,1', 'the state of the address');
    await assertRendered(explorer, page, `m=${first}&z=1,1`);
  }));

  test('the shared and the printed image equal the screen', () => withPage(async (explorer, page) => {
    await page.evaluate(() => document.activeElement.blur());
    await explorer.settled();
    const seen = readPng(await page.screenshot()), button = await explorer.place('controls');
    const differs = (picture) => {
      assert.deepEqual([picture.width, picture.height], [seen.width, seen.height]);
      let far = 0;
      for (let y = 4; y < seen.height - 4; y += 3)
        for (let x = 4; x < seen.width - 4; x += 3)
          if ((y < button.y - 1 || y > button.y + button.height) && seen.at(x, y).some((value, i) => Math.abs(value - picture.at(x, y)[i]) > 2)) far++;
      return far;
    };
    await press(explorer, 'share');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save the image'}).click()]);
    assert.equal(differs(readPng(await downloaded(download))), 0);
    const printed = await page.evaluate(() => {
      dispatchEvent(new Event('beforeprint'));
      return document.getElementById('paper').toDataURL('image/png').split(',')[1];
    });
    assert.ok(differs(readPng(Buffer.from(printed, 'base64'))) < 50); // the focus has gone to the dialog
  }, {hash: '#z=1,0.5&overlay=holes', acceptDownloads: true}));

  test('a missing weight file is reported once, by its name', async () => {
    shared.server.answers[path] = {status: 404, body: 'no'};
    try {
      await withExplorer(shared, {ready: false, allowed: [/404/]}, async (explorer) => {
        const message = await until(() => explorer.page.evaluate(() => window.loom?.message), 'the message');
        assert.equal(message.split(path).length - 1, 1, message);
        assert.match(message, /404/);
      });
    } finally {
      delete shared.server.answers[path];
    }
  });
});

describe('without WebGL, embedded', () => {
  const shared = setUpHost(NO_WEBGL);

  test('<latent-loom> shows its state, sends events and obeys calls', () => withHost(shared,
    '<script type="module" src="{{LOOM}}latent-loom.js"></script><latent-loom state="z=1,0.5&hide=header" style="display:block;height:500px"></latent-loom>'
      .replaceAll('{{LOOM}}', shared.server.url), {}, async (host) => {
      const guest = await host.frame();
      assert.equal(await guest.get('drawnWith'), '2d');
      assertNear(await guest.get('z'), [1, 0.5], 1e-6, 'z of the attribute');
      await host.evaluate(() => document.querySelector('latent-loom').set({z: [-1, 0.25]}));
      await until(async () => (await guest.get('z'))[0] === -1, 'z that was set');
      assertDecoded(first, await guest.frame.evaluate(() => ({z: window.loom.z, pixels: Array.from(window.loom.picture.pixels)})));
    }));
});

describe('where WebGL fails', () => {
  const shared = setUp();
  // Creating a context succeeds on a separate canvas, but not on the explorer's.
  const refuse = (page) => page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return this.id === 'canvas' && /webgl/.test(kind) ? null : original.call(this, kind, ...rest);
    };
  });

  test('draws on a canvas that gets no WebGL context', () => withExplorer(shared, {hash: '#z=1,0.5', before: refuse}, async (explorer, page) => {
    assert.equal(await explorer.get('drawnWith'), '2d');
    await assertRendered(explorer, page, `m=${first}&z=1,0.5`);
  }));

  // Without the buttons of the map, because those for undo come with the drag.
  test('a context that is lost and not restored, and one that is restored late', () => withExplorer(shared,
    {hash: '#z=1,0.5&hide=plane_buttons', allowed: [/CONTEXT_LOST_WEBGL/]}, async (explorer, page) => {
      await page.evaluate(() => document.activeElement.blur());
      await explorer.settled();
      const before = await page.screenshot();
      await page.evaluate(() => {
        window.context = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.context.loseContext();
      });
      await until(async () => await explorer.get('drawnWith') === '2d', 'the other renderer');
      await assertRendered(explorer, page, `m=${first}&z=1,0.5&hide=plane_buttons`);
      const {x, y, width, height} = await explorer.place('plane'), at = [x + 0.3 * width, y + 0.7 * height];
      await drag(explorer, [x + width / 2, y + height / 2], at);
      assertNear(await explorer.z(), await explorer.latent(...at), 0.02, 'z');
      // The address is written with a delay; until then it still has this value, and setting it would change nothing.
      await until(() => page.evaluate(() => location.hash.includes(window.loom.state)), 'the address of the drag');
      await page.evaluate(() => { location.hash = '#z=1,0.5&hide=plane_buttons'; });
      await page.evaluate(() => window.context.restoreContext());
      await until(async () => await explorer.get('drawnWith') === 'webgl2', 'the graphics card');
      await page.evaluate(() => document.activeElement.blur());
      await page.mouse.move(0, 0);
      await explorer.settled();
      assert.equal(await page.evaluate(() => document.getElementById('sheet')), null);
      assert.ok(before.equals(await page.screenshot()), 'the same picture as before');
    }));
});
