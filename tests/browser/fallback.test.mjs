// The explorer without WebGL 2: what a person can do there.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {classColors} from './help/palette.mjs';
import {assertDecoded, find, screenshot} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

describe('without WebGL', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, {...options}, async (explorer, page) => {
    assert.equal(await explorer.get('drawnWith'), '2d');
    await run(explorer, page);
  });
  const [{name: first}, , , {name: other}] = manifest().models;

  test('marks, garment and words are there, and the explorer\'s module is not loaded', () => withPage(async (explorer, page) => {
    assertDecoded(first, await explorer.shown());
    const picture = await screenshot(page, await explorer.place('plane'));
    assert.ok(classColors.filter((color) => find(picture, color, 40).count > 50).length >= 6, 'marks of most classes');
    assert.ok(!shared.server.requests.some(({path}) => /loom-explorer.*\.wasm/.test(path)));
    const words = (pattern) => until(async () => pattern.test(await page.textContent('#spoken')), `the words ${pattern}`);
    await words(/^z 0\.00, 0\.00: about \d+ % \w+[^;]*$/);
    await page.evaluate(() => { location.hash = '#z=2.2,-1.2'; });
    await words(/^z 2\.20, [\u2212-]1\.20: .*; a hole$/);
  }));

  test('the pointer drags z, the wheel zooms', () => withPage(async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane'), at = [x + 0.3 * width, y + 0.7 * height];
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(...at, {steps: 4});
    await page.mouse.up();
    await explorer.settled();
    assertNear(await explorer.z(), await explorer.latent(...at), 0.02, 'z');
    assertDecoded(first, await explorer.shown());
    const unit = await explorer.unit(), under = await explorer.latent(...at);
    await page.mouse.wheel(0, -120);
    await until(async () => await explorer.unit() > 1.1 * unit, 'magnified');
    assertNear(await explorer.latent(...at), under, 0.02, 'the place under the pointer');
  }));

  test('two fingers pinch, and z stays', () => withPage(async (explorer, page) => {
    const session = await page.context().newCDPSession(page), z = await explorer.z(), unit = await explorer.unit();
    const {x, y, width, height} = await explorer.place('plane'), [mx, my] = [x + width / 2, y + height / 2];
    const send = (type, ...points) => session.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([px, py], id) => ({x: px, y: py, id}))});
    await send('touchStart', [mx - 40, my]);
    await send('touchStart', [mx - 40, my], [mx + 40, my]);
    for (let i = 1; i <= 8; i++) await send('touchMove', [mx - 40 - 5 * i, my], [mx + 40 + 5 * i, my]);
    await send('touchEnd');
    await explorer.settled();
    assert.ok(Math.abs(await explorer.unit() / unit - 2) < 0.2, `twice the distance magnifies by ${await explorer.unit() / unit}`);
    assertNear(await explorer.z(), z, 1e-6, 'z');
  }, {viewport: {width: 390, height: 700}, hasTouch: true, isMobile: true}));

  test('keys and controls do the same', () => withPage(async (explorer, page) => {
    await page.focus('#canvas');
    await explorer.press('ArrowRight');
    assert.ok((await explorer.z())[0] > 0);
    await explorer.press('o');
    assertNear(await explorer.z(), [0, 0], 0, 'origin');
    await page.focus('#controls input[type=range] >> nth=1');
    await page.keyboard.press('ArrowRight');
    await until(async () => Math.abs((await explorer.z())[1] - 0.05) < 1e-6, 'the second slider');
    await page.click('#controls-button');
    const boot = page.getByRole('button', {name: 'Ankle boot', exact: true});
    await boot.click();
    await until(async () => await boot.getAttribute('aria-pressed') === 'true', 'the class');
    const picture = await screenshot(page);
    assert.ok(find(picture, classColors[9], 40).count > 50 && find(picture, classColors[1], 20).count < 20, 'only that class');
    await page.selectOption('#controls [data-ask=model]', other);
    await until(async () => await explorer.model() === other, 'the other model');
    await explorer.settled();
    assertDecoded(other, await explorer.shown());
  }));

  test('the address says what is seen, and is followed', () => withPage(async (explorer, page) => {
    assert.equal(await explorer.model(), other);
    assertNear(await explorer.z(), [0.5, -0.25], 1e-6, 'z of the link');
    await page.focus('#canvas');
    await explorer.press('ArrowUp');
    await until(() => page.evaluate(() => location.hash.includes('z=0.5,-0.')), 'the address');
    await page.evaluate(() => { location.hash = '#z=1,1'; });
    await until(async () => (await explorer.z())[0] === 1, 'the address that was changed');
    assert.equal(await explorer.model(), other);
  }, {hash: `#m=${other}&z=0.5,-0.25`}));

  test('a weight file that is missing is named', async () => {
    const {path, title} = manifest().models[0];
    shared.server.answers[path] = {status: 404, body: 'no'};
    try {
      await withExplorer(shared, {ready: false, allowed: [/404/]}, async (_, page) => {
        await until(async () => (await page.textContent('#status-text')) === `The explorer does not start: ${title}: the server answers 404 Not Found`, 'the words');
      });
    } finally {
      delete shared.server.answers[path];
    }
  });
});
