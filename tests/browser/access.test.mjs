// WCAG 2.2 AA as far as axe-core can check it, and what it cannot check: focus order, target sizes, motion, and that
// the controls offer everything that the canvas does.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, test} from 'node:test';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';
import {overlays, tools} from './help/tables.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = {
  'a desktop': {viewport: {width: 1280, height: 800}},
  'a phone': {viewport: {width: 360, height: 640}, hasTouch: true, isMobile: true, deviceScaleFactor: 2},
  'a desktop at 200 %': {viewport: {width: 640, height: 400}, deviceScaleFactor: 2},
};
const TARGET = 24; // CSS pixels, WCAG 2.2 SC 2.5.8

// Through Chromium's own protocol, which the page's Content-Security-Policy does not block.
async function violations(page) {
  await page.evaluate(axe);
  const {violations: found} = await page.evaluate((tags) => window.axe.run(document, {runOnly: tags, resultTypes: ['violations']}), RULES);
  return found.flatMap(({id, help, nodes}) => nodes.map(({target, failureSummary}) => `${id}: ${help}: ${target} ${failureSummary}`));
}

const panelText = (page) => page.evaluate(() => document.querySelector('#controls').textContent);
const openControls = (page) => page.click('#controls-button');
const state = (explorer, key) => explorer.state().then((all) => all[key]);

describe('access', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, async (explorer, page) => {
    await page.waitForSelector('#controls-button');
    await run(explorer, page);
  });

  for (const [what, screen] of Object.entries(SCREENS))
    for (const colorScheme of ['light', 'dark'])
      test(`axe-core finds nothing on ${what}, ${colorScheme}`, () => withPage(async (explorer, page) => {
        assert.deepEqual(await violations(page), [], 'controls closed');
        await openControls(page);
        await explorer.settled();
        assert.deepEqual(await violations(page), [], 'controls open');
        await page.evaluate(() => document.querySelectorAll('#controls details').forEach((one) => { one.open = true; }));
        await page.selectOption('[data-ask=tool]', 'border');
        await page.selectOption('[data-ask=overlay]', 'holes');
        await until(() => page.evaluate(() => document.querySelectorAll('#controls [data-ask=panel]').length > 0), 'the tool\'s own controls');
        assert.deepEqual(await violations(page), [], 'a tool and an overlay open');
        for (const hash of ['#tool=inside', '#tool=select&a=-0.4,-0.4&b=0.4,0.4', '#tool=train']) {
          const words = await panelText(page);
          await page.evaluate((link) => { location.hash = link; }, hash);
          await until(async () => await panelText(page) !== words, `the panel of ${hash}`);
          await explorer.settled();
          assert.deepEqual(await violations(page), [], hash);
        }
      }, {...screen, colorScheme}));

  test('axe-core reports violations', () => withPage(async (explorer, page) => {
    await openControls(page);
    await page.evaluate(() => {
      document.getElementById('controls-button').removeAttribute('aria-label');
      document.getElementById('controls-button').removeAttribute('title');
      document.querySelector('#controls .reading').style.color = '#aaa';
    });
    const found = (await violations(page)).join('\n');
    assert.match(found, /button-name/);
    assert.match(found, /color-contrast/);
  }));

  test('axe-core finds nothing while the page loads or after it has failed to start', async () => {
    await withExplorer(shared, {ready: false, allowed: [/./], before: (page) => page.route('**/*.wasm', (route) => route.abort())}, async (explorer, page) => {
      await until(() => page.evaluate(() => !document.getElementById('retry').hidden), 'the words');
      assert.deepEqual(await violations(page), []);
    });
    const noGraphics = (page) => page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : original.call(this, kind, ...rest); };
    });
    await withExplorer(shared, {ready: false, before: noGraphics}, async (explorer, page) => {
      await until(() => page.evaluate(() => Boolean(window.loom?.frames)), 'the plain canvas');
      assert.deepEqual(await violations(page), []);
      await openControls(page);
      assert.deepEqual(await violations(page), []);
    });
  });

  test('Tab goes from the map to the controls and through them in reading order; the focus is visible', () => withPage(async (explorer, page) => {
    assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'controls-button');
    const all = await page.evaluate(() => [...document.querySelectorAll('#controls :is(a, button, input, select, summary)')]
      .filter((one) => one.checkVisibility() && !one.disabled && !one.closest('details:not([open]) > :not(summary)')).length);
    assert.ok(all > 25);
    let before = -Infinity, seen = 0;
    for (; seen < all; seen++) {
      await page.keyboard.press('Tab');
      const {inside, y, height, visible} = await page.evaluate(() => {
        const one = document.activeElement, box = one.getBoundingClientRect(), panel = document.getElementById('controls');
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return {inside: panel.contains(one), y: box.y + panel.scrollTop, height: box.height, visible: one.contains(at) || Boolean(at?.contains(one))};
      });
      assert.ok(inside, `the focus left the controls after ${seen} of ${all}`);
      assert.ok(visible, `number ${seen} has the focus and is not seen`);
      assert.ok(y >= before - height, `number ${seen} is above the one before`);
      if (seen > 0) before = y; // the head stays where it is
    }
    await page.keyboard.press('Tab');
    assert.ok(!await page.evaluate(() => document.getElementById('controls').contains(document.activeElement)));
    assert.ok(await page.evaluate(() => document.getElementById('controls').getBoundingClientRect().width <= 1), 'without the focus they are out of sight');
  }));

  test('Escape closes the controls and returns the focus', () => withPage(async (explorer, page) => {
    await openControls(page);
    await page.focus('#controls select');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'controls-button');
    assert.equal(await page.getAttribute('#controls-button', 'aria-expanded'), 'false');
    assert.equal(await page.evaluate(() => document.getElementById('canvas').clientWidth), 1280);
  }));

  test('keys of the explorer work while a button of the page has the focus', () => withPage(async (explorer, page) => {
    await page.focus('#controls-button');
    const before = await explorer.state(), {z} = before;
    await page.keyboard.press('ArrowRight');
    await until(async () => (await explorer.state()).z !== z, 'the ring to move');
    await page.keyboard.press('1');
    await until(async () => (await explorer.state()).c !== before.c, 'the first class alone');
    await page.keyboard.press('?');
    await until(() => page.evaluate(() => window.loom.pressable('close')?.width > 0), 'the help');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'controls-button', 'the focus stays');
  }));

  test('screen readers find the controls, closed or open', () => withPage(async (explorer, page) => {
    for (const open of [false, true]) {
      if (open) await openControls(page);
      assert.equal(await page.getByRole('slider', {name: 'z1'}).count(), 1);
      assert.equal(await page.getByRole('combobox', {name: 'Model'}).count(), 1);
      assert.ok(await page.getByRole('button', {name: 'Sneaker'}).count() >= 1);
    }
  }));

  test('every target has at least 24 x 24 pixels, and open controls do not cover the canvas', async () => {
    for (const screen of Object.values(SCREENS))
      await withPage(async (explorer, page) => {
        await openControls(page);
        await explorer.settled();
        const small = await page.evaluate((least) => [...document.querySelectorAll('button, select, input, summary')].filter((one) => one.checkVisibility())
          .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()]).filter(([, {width, height}]) => width < least || height < least)
          .map(([html, {width, height}]) => `${html} ${width} x ${height}`), TARGET);
        assert.deepEqual(small, []);
        const [panel, canvas] = await page.evaluate(() => ['controls', 'canvas'].map((id) => document.getElementById(id).getBoundingClientRect().toJSON()));
        const beside = panel.right <= canvas.left + 0.5 || panel.top >= canvas.bottom - 0.5;
        assert.ok(beside, `controls ${JSON.stringify(panel)} over the canvas ${JSON.stringify(canvas)}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'nothing is wider than the window');
        const {x, y, width, height} = await explorer.place('plane'), at = [Math.round(x + width * 0.6), Math.round(y + height * 0.7)];
        await explorer.click(canvas.x + at[0], canvas.y + at[1]);
        const pixel = (await explorer.latent(1, 0))[0] - (await explorer.latent(0, 0))[0]; // the canvas may begin between two
        assertNear(await explorer.z(), await explorer.latent(...at), 1.5 * pixel, 'the map is hit where it is now');
      }, screen);
  });

  test('two sliders set z', () => withPage(async (explorer, page) => {
    await page.focus('#controls input[type=range]');
    const value = (n) => page.evaluate((index) => document.querySelectorAll('#controls input[type=range]')[index].getAttribute('aria-valuetext'), n);
    for (const [key, x] of [['ArrowRight', 0.05], ['ArrowRight', 0.1], ['ArrowLeft', 0.05]]) {
      await page.keyboard.press(key);
      await until(async () => Math.abs((await explorer.z())[0] - x) < 1e-4, `z1 = ${x}`);
    }
    await until(async () => await value(0) === '0.05', 'the value in words');
    await page.focus('#canvas');
    await explorer.press('Shift+ArrowUp');
    const [, z2] = await explorer.z();
    await until(async () => await value(1) === z2.toFixed(2), 'the second slider follows the map');
    assertDecoded(await explorer.model(), await explorer.shown());
  }, {hash: '#z=0,0'}));

  test('every model, overlay, tool, class and theme can be chosen in the controls', () => withPage(async (explorer, page) => {
    const options = (ask) => page.$$eval(`#controls [data-ask=${ask}] option`, (all) => all.map(({value}) => value));
    assert.deepEqual(await options('overlay'), overlays);
    assert.deepEqual(await options('tool'), tools);
    assert.deepEqual(await options('model'), manifest().models.map(({name}) => name));
    for (const key of overlays.slice(1).concat('')) {
      await page.selectOption('#controls [data-ask=overlay]', key);
      await until(async () => (await state(explorer, 'overlay') ?? '') === key, `overlay ${key}`);
    }
    await page.selectOption('#controls [data-ask=tool]', 'path');
    await until(async () => await state(explorer, 'tool') === 'path', 'the tool');
    await page.selectOption('#controls [data-ask=theme]', 'dark');
    await until(() => page.evaluate(() => document.documentElement.dataset.theme === 'dark'), 'the theme');
    const sneaker = page.getByRole('button', {name: 'Sneaker', exact: true});
    await openControls(page);
    await sneaker.click();
    await until(async () => await sneaker.getAttribute('aria-pressed') === 'true', 'the class');
    assert.equal(await state(explorer, 'c'), '7');
    const [, , third] = manifest().models;
    await page.selectOption('#controls [data-ask=model]', third.name);
    await explorer.ready(third.name);
    assertDecoded(third.name, await explorer.shown());
  }));

  test('the controls offer what the open tool offers: pins, kinds of path, images', () => withPage(async (explorer, page) => {
    const press = (name) => page.getByRole('button', {name, exact: true}).click();
    await openControls(page);
    await press('Put the pins on two classes');
    await until(async () => await state(explorer, 'b'), 'the pins');
    await press('Spherical');
    await until(async () => await state(explorer, 'path') === 'spherical', 'the path');
    await press('Pin A to z');
    await until(async () => await state(explorer, 'a') === '0,0', 'pin A at the ring');
    await press('Go to image 9 of 9');
    const b = (await state(explorer, 'b')).split(',').map(Number);
    await until(async () => Math.hypot(...(await explorer.z()).map((value, axis) => value - b[axis])) < 0.01, 'the last stamp');
  }, {hash: '#tool=path&z=0,0'}));

  test('a model with more dimensions has a slider for each', () => withPage(async (explorer, page) => {
    await openControls(page);
    assert.equal(await page.locator('#controls .slider').count(), 10);
    await page.click('text=The other directions (8)');
    await page.focus('#controls details .slider >> nth=2 >> input');
    await page.keyboard.press('ArrowRight');
    await until(async () => (await state(explorer, 'w') ?? '').split(',').filter((w) => w !== '0').length === 1, 'one of the other coordinates');
  }, {hash: '#m=fashion-dense-vae-10d'}));

  test('what the host page has locked cannot be changed in the controls either', () => withPage(async (explorer, page) => {
    const disabled = (selector) => page.$eval(`#controls ${selector}`, (one) => one.disabled);
    await until(() => disabled('[data-ask=model]'), 'the lock of the model');
    assert.equal(await disabled('[data-id=x]'), true);
    assert.equal(await disabled('[data-ask=overlay]'), false);
    assert.equal(await disabled('[data-value=zoom-in]'), false);
  }, {hash: '#lock=model,z'}));

  test('speech names a choice and describes a position', () => withPage(async (explorer, page) => {
    const said = () => page.evaluate(() => document.getElementById('spoken').textContent);
    assert.equal(await page.getAttribute('#spoken', 'aria-live'), 'polite');
    await page.focus('#canvas');
    await explorer.press('m');
    await until(async () => /^Overlay: Decoded images\. z 0\.00, 0\.00: about \d+ % /.test(await said()), 'the overlay');
    await explorer.press('ArrowRight');
    await until(async () => /^z 0\.\d\d, 0\.00: about \d+ % [a-z].*; (a hole: )?<?[\d.]+× as many images as the prior expects$/.test(await said()), 'the place');
  }, {hash: '#z=0,0'}));

  test('with reduced motion nothing is animated, and otherwise only what indicates loading', () => withPage(async (explorer, page) => {
    const animated = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
      const {animationName, transitionDuration} = getComputedStyle(one);
      return animationName !== 'none' || transitionDuration.split(', ').some((time) => time !== '0s');
    }).map(({id}) => id));
    assert.deepEqual(await animated(), []);
    // The canvas does not animate either: "see all", a hole or another model appears within the next frames.
    await explorer.press('+');
    const frames = await explorer.frames();
    await explorer.press('Home');
    assert.ok(await explorer.frames() - frames <= 6, 'the view is there at once');
    await page.emulateMedia({reducedMotion: 'no-preference'});
    assert.deepEqual(await animated(), ['status']);
  }, {reducedMotion: 'reduce'}));
});
