// Undo and redo, the browser's Back and Forward, the limits of the zoom, the arrow to the ring, and double clicks; by a real
// mouse, keys and fingers.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {chooseOverlay, chooseTool, clickPickerRow, drag, placeOf, press} from './help/controls.mjs';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {setUpHost, withHost} from './help/host.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {models: [{name: first}, {name: second}]} = manifest();
const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true, isMobile: true};
const PAUSE = 1100; // ms: longer, and the next key is a gesture of its own

const at = ({x, y, width, height}, across, down) => [Math.round(x + across * width), Math.round(y + down * height)];

describe('undo', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, run);

  for (const [what, undo, redo] of [['Ctrl', 'Control+z', 'Control+Shift+Z'], ['Cmd', 'Meta+z', 'Meta+Shift+Z'], ['Ctrl+Y', 'Control+z', 'Control+y']])
    test(`a drag, a click and keys are taken back one by one, by ${what}`, () => withPage(async (explorer, page) => {
      const plane = await explorer.place('plane'), states = [await explorer.get('state')];
      const note = async () => states.push(await explorer.get('state'));
      await drag(explorer, at(plane, 0.3, 0.4), at(plane, 0.6, 0.6));
      await note();
      await page.waitForTimeout(500);
      await explorer.click(...at(plane, 0.5, 0.3));
      await note();
      for (let i = 0; i < 3; i++) await explorer.press('ArrowRight');
      await note();
      await explorer.press('3');
      await note();
      assert.equal(new Set(states).size, 5);
      for (const state of states.slice(0, -1).reverse()) {
        await explorer.press(undo);
        assert.equal(await explorer.get('state'), state);
      }
      assertDecoded(first, await explorer.shown());
      for (const state of states.slice(1)) {
        await explorer.press(redo);
        assert.equal(await explorer.get('state'), state);
      }
    }));

  test('the buttons on the map, and those of the controls, which keep their names and the focus', () => withPage(async (explorer, page) => {
    const plane = await explorer.place('plane'), z = await explorer.z();
    await explorer.click(...at(plane, 0.4, 0.6));
    const after = await explorer.z();
    await press(explorer, 'undo');
    assert.deepEqual(await explorer.z(), z);
    await press(explorer, 'redo');
    assert.deepEqual(await explorer.z(), after);
    await page.click('#controls-button');
    await explorer.settled();
    const undo = page.getByRole('button', {name: 'Undo'}), redo = page.getByRole('button', {name: 'Redo'});
    await until(async () => await redo.getAttribute('aria-disabled') === 'true', 'nothing to redo');
    await undo.focus();
    await page.keyboard.press('Enter');
    await until(async () => await undo.getAttribute('aria-disabled') === 'true', 'nothing to undo');
    assert.deepEqual(await explorer.z(), z);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Undo');
    await page.keyboard.press('Control+y'); // keys work in the controls, too
    await explorer.settled();
    assert.deepEqual(await explorer.z(), after);
    await page.getByRole('button', {name: 'Zoom in'}).click();
    await until(async () => (await explorer.state()).v, 'the view');
    await page.getByRole('button', {name: 'Reset the view'}).click();
    await until(async () => !(await explorer.state()).v, 'the home view');
  }));

  test('strokes of a drawing one by one', () => withPage(async (explorer) => {
    const paper = await placeOf(explorer, 'paper'), before = await explorer.get('spoken');
    const shown = async () => (await explorer.page.screenshot({clip: paper})).toString('base64');
    const pictures = [await shown()];
    for (const [from, to] of [[[0.2, 0.2], [0.8, 0.2]], [[0.2, 0.7], [0.8, 0.7]]]) {
      await drag(explorer, at(paper, ...from), at(paper, ...to));
      await explorer.page.mouse.move(5, 5);
      await explorer.settled();
      pictures.push(await shown());
    }
    assert.equal(new Set(pictures).size, 3);
    const drawn = await explorer.get('spoken'); // the ring has gone to where the encoder puts the drawing
    assert.notEqual(drawn, before);
    await explorer.press('Control+z');
    assert.equal(await shown(), pictures[1]);
    await explorer.press('Control+z');
    assert.equal(await shown(), pictures[0]);
    await until(async () => await explorer.get('spoken') === before, 'the ring where it was');
    await explorer.press('Control+Shift+Z');
    await explorer.press('Control+Shift+Z');
    assert.equal(await shown(), pictures[2]);
    await until(async () => await explorer.get('spoken') === drawn, 'the ring at the drawing');
  }, {hash: '#tool=image'}));

  test('Back and Forward go between tools, overlays, models and jumps, not through drags', () => withPage(async (explorer, page) => {
    const plane = await explorer.place('plane'), entries = () => page.evaluate(() => history.length), start = await entries();
    const states = [];
    const note = async () => {
      const state = await explorer.get('state');
      states.push(state);
      await until(async () => (await page.evaluate(() => location.hash)) === `#${state}`, 'the address');
    };
    await drag(explorer, at(plane, 0.3, 0.4), at(plane, 0.6, 0.6)); // belongs to the first entry
    await note();
    await chooseOverlay(explorer, 3);
    await explorer.press('ArrowRight');
    assert.equal((await explorer.state()).overlay, 'holes');
    await note();
    await chooseTool(explorer, 1);
    await note();
    await clickPickerRow(explorer, 1);
    await explorer.ready(second);
    await drag(explorer, at(plane, 0.4, 0.4), at(plane, 0.5, 0.6));
    await note();
    assert.equal(await entries(), start + 3);
    const shows = (state) => until(async () => await explorer.get('state') === state, `the view ${state}`);
    for (const state of states.slice(0, -1).reverse()) {
      await page.goBack();
      await shows(state);
    }
    assert.equal(await explorer.model(), first);
    for (const state of states.slice(1)) {
      await page.goForward();
      await shows(state);
    }
    assert.equal(await explorer.model(), second);
    assert.equal(await entries(), start + 3, 'going back makes no entries');
    await explorer.settled();
    assertDecoded(second, await explorer.shown());
    await page.goBack();
    await shows(states[2]);
    await page.evaluate(() => document.getElementById('canvas').focus());
    await explorer.press('Control+z'); // Back can be taken back like a link
    await shows(states[3]);
  }, {fresh: true}));

  test('"Next hole" is a jump', () => withPage(async (explorer, page) => {
    const z = await explorer.z(), entries = () => page.evaluate(() => history.length), start = await entries();
    const next = page.locator('#controls button', {hasText: 'Next hole'});
    await page.click('#controls-button');
    await next.click();
    await until(async () => (await explorer.z())[0] !== z[0], 'the hole');
    const hole = await explorer.z();
    await until(async () => await entries() === start + 1, 'an entry');
    await page.goBack();
    await until(async () => Math.abs((await explorer.z())[0] - z[0]) < 1e-4, 'the place before');
    await page.goForward();
    await until(async () => Math.abs((await explorer.z())[0] - hole[0]) < 1e-4, 'the hole again');
  }, {hash: '#overlay=holes', fresh: true}));

  test('the zoom stops at both ends: wheel, buttons and links; the place under the pointer stays', () => withPage(async (explorer, page) => {
    const plane = await explorer.place('plane'), home = await explorer.unit(), [x, y] = at(plane, 0.4, 0.4);
    await page.mouse.move(x, y);
    const under = await explorer.latent(x, y);
    for (const [turn, limit] of [[-120, 100], [120, 1 / 3]]) {
      for (let i = 0; i < 50; i++) await page.mouse.wheel(0, turn);
      await explorer.settled();
      for (let i = 0; i < 6; i++) await page.mouse.wheel(0, turn); // further it does not go
      await explorer.settled();
      assert.ok(Math.abs(await explorer.unit() / home / limit - 1) < 1e-3, `${await explorer.unit() / home} is not ${limit}`);
      assertNear(await explorer.latent(x, y), under, 0.02, 'the place under the pointer');
    }
    await explorer.press('-');
    assert.ok(Math.abs(await explorer.unit() / home * 3 - 1) < 1e-3, 'by a key');
    await explorer.press('Home');
    await page.evaluate(() => { location.hash = '#v=0,0,0.0001'; });
    await until(async () => Math.abs(await explorer.unit() / home / 100 - 1) < 1e-3, 'the limit for a link');
  }));

  test('an arrow points to the ring outside the view; a click brings it back', () => withPage(async (explorer) => {
    const z = await explorer.z(), {middle: [x]} = await placeOf(explorer, 'to the ring'), plane = await explorer.place('plane');
    assert.ok(x > plane.x + 0.9 * plane.width, 'it is at the right');
    await press(explorer, 'to the ring');
    const [rx, ry] = await explorer.screen(...await explorer.z());
    assertNear([rx, ry], at(plane, 0.5, 0.5), 2, 'the ring');
    assert.deepEqual(await explorer.z(), z);
  }, {hash: '#z=0.5,0.25&v=-3,0.25,1'}));

  test('a double click moves the ring once and zooms in about it', () => withPage(async (explorer, page) => {
    const plane = await explorer.place('plane'), [x, y] = at(plane, 0.35, 0.45), before = await explorer.get('state');
    const home = await explorer.unit(), wanted = await explorer.latent(x, y);
    await page.mouse.dblclick(x, y);
    await explorer.settled();
    assertNear(await explorer.z(), wanted, 0.02, 'the ring');
    assert.ok(Math.abs(await explorer.unit() / home - 2) < 1e-3, `${await explorer.unit() / home} times as large`);
    assertNear(await explorer.screen(...await explorer.z()), [x, y], 2, 'the ring stays under the pointer');
    await explorer.press('Control+z');
    assert.equal(await explorer.get('state'), before, 'one gesture');
    await explorer.click(x, y);
    await page.waitForTimeout(PAUSE);
    await explorer.click(x, y);
    assert.ok(Math.abs(await explorer.unit() / home - 1) < 1e-3, 'two clicks with a pause are two clicks');
  }));

  test('a double tap does the same', () => withPage(async (explorer, page) => {
    const plane = await explorer.place('plane'), [x, y] = at(plane, 0.35, 0.45), home = await explorer.unit();
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x + 4, y - 3);
    await until(async () => Math.abs(await explorer.unit() / home - 2) < 1e-3, 'the zoom');
    assertNear(await explorer.screen(...await explorer.z()), [x, y], 8, 'the ring');
    await press(explorer, 'undo');
    assert.ok(Math.abs(await explorer.unit() / home - 1) < 1e-6);
  }, PHONE));
});

describe('undo in a frame', () => {
  const shared = setUpHost(NO_WEBGL);
  for (const sandbox of ['', 'sandbox="allow-scripts"', 'sandbox="allow-scripts allow-same-origin"'])
    test(`makes no entries in the host's history${sandbox && `, ${sandbox}`}`, () => withHost(shared, `<iframe src="${shared.server.url}embed.html" ${sandbox} width="900" height="600"></iframe>`, {}, async (host) => {
      const guest = await host.frame(), entries = () => host.evaluate(() => history.length), start = await entries();
      const {middle} = await host.place(guest, 'plane'), before = await guest.get('state');
      await host.page.mouse.click(middle[0] - 60, middle[1]);
      await host.page.keyboard.press('m'); // the next overlay
      await host.page.keyboard.press('m');
      await until(async () => /overlay=/.test(await guest.get('state')), 'an overlay');
      await host.settled(guest);
      assert.equal(await entries(), start);
      for (let i = 0; i < 3; i++) await host.page.keyboard.press('Control+z');
      await until(async () => await guest.get('state') === before, 'the view before');
      assert.equal(await entries(), start);
    }));
});
