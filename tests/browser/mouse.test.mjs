// The mouse on the latent plane: the point under it is decoded in the same frame.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {assertNear, setUp, withExplorer} from './help/explorer.mjs';
import {dark, light} from './help/palette.mjs';
import {TOLERANCE, assertDecoded, decodeNatively, largestDifference, screenshot, shrunk} from './help/pictures.mjs';

const LATENT = 1e-4; // how much rounding to float and to whole pixels may change z

const path = (from, to, steps) =>
  Array.from({length: steps + 1}, (_, i) => [0, 1].map((axis) => Math.round(from[axis] + (to[axis] - from[axis]) * i / steps)));

// In the page: records the mouse position and the image after every frame that a move of the mouse causes.
function watchMoves() {
  window.moves = [];
  addEventListener('mousemove', (event) => requestAnimationFrame(() => {
    const {z, frames, picture} = window.loom;
    window.moves.push({at: [event.clientX, event.clientY], z, frames, pixels: Array.from(picture.pixels)});
  }));
}

describe('mouse', () => {
  const shared = setUp();
  const withPage = (run, options = {}) => withExplorer(shared, options, run);

  test('a drag moves z, and every frame shows the image of its own z', () => withPage(async (explorer, page) => {
    const model = await explorer.model();
    const {x, y, width, height} = await explorer.place('plane');
    const start = [x + 0.3 * width, y + 0.6 * height], end = [x + 0.7 * width, y + 0.35 * height];
    const [first, ...rest] = path(start, end, 24);
    await page.mouse.move(...first);
    await explorer.frame();
    await page.mouse.down();
    await explorer.settled();
    await page.evaluate(watchMoves);
    for (const at of rest) {
      await page.mouse.move(...at);
      await explorer.frame();
    }
    await page.mouse.up();
    await explorer.settled();
    const moves = await page.evaluate(() => window.moves);
    assert.ok(moves.length >= rest.length, `${moves.length} of ${rest.length} moves arrived`);
    const native = decodeNatively(model, moves.map(({z}) => z)), {latent} = await explorer.view();
    for (const [n, {at, z, pixels}] of moves.entries()) {
      assertNear(z, latent(...at), LATENT, `z in the frame of the move to ${at}`);
      assert.ok(largestDifference(pixels, native[n]) <= TOLERANCE, `the picture in the frame of ${at} is another one's`);
    }
    assert.ok(largestDifference(native[0], native.at(-1)) > 0.3, 'the path should lead to another image');
    const after = await explorer.z();
    await page.mouse.move(start[0], start[1]);
    await explorer.settled();
    assert.deepEqual(await explorer.z(), after, 'after the button is up z stays');
  }));

  for (const [name, colors] of Object.entries({light, dark}))
    test(`the image on the screen is the decoded one (${name})`, () => withPage(async (explorer, page) => {
      const [x, y] = await explorer.screen(...await explorer.encoded(0));
      await explorer.click(Math.round(x), Math.round(y));
      const shown = await explorer.shown();
      assertDecoded(await explorer.model(), shown);
      const card = await explorer.place('decoded'), inset = 4; // picture_panel.cpp: half the corner radius
      const picture = await screenshot(page, {x: card.x + inset, y: card.y + inset, width: card.width - 2 * inset, height: card.height - 2 * inset});
      const seen = shrunk(picture, shown.width, shown.height, colors.paper[1], colors.pencil[1]);
      const difference = seen.reduce((sum, grey, i) => sum + Math.abs(grey - shown.pixels[i]), 0) / seen.length;
      assert.ok(difference < 0.02, `the mean difference of grey is ${difference}`);
      assert.ok(Math.max(...shown.pixels) > 0.5, 'an empty picture would prove nothing');
    }, {colorScheme: name}));

  test('a click places z', () => withPage(async (explorer) => {
    const {x, y, width, height} = await explorer.place('plane');
    const at = [Math.round(x + 0.62 * width), Math.round(y + 0.41 * height)];
    await explorer.click(...at);
    assertNear(await explorer.z(), await explorer.latent(...at), LATENT, 'z');
    assertDecoded(await explorer.model(), await explorer.shown());
  }));

  test('the wheel zooms, and the point under the pointer stays', () => withPage(async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane');
    const at = [Math.round(x + 0.8 * width), Math.round(y + 0.25 * height)];
    await page.mouse.move(...at);
    await explorer.settled();
    const before = await explorer.latent(...at), z = await explorer.z();
    const wide = await explorer.unit();
    for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
    await explorer.settled();
    const close = await explorer.unit();
    assert.ok(close > 1.3 * wide, `${wide} points per unit became ${close}`);
    assertNear(await explorer.latent(...at), before, 1e-3, 'the place under the pointer');
    for (let i = 0; i < 8; i++) await page.mouse.wheel(0, 120);
    await explorer.settled();
    assert.ok(await explorer.unit() < wide, 'the other way round it becomes smaller');
    assertNear(await explorer.latent(...at), before, 1e-2, 'the place under the pointer');
    assert.deepEqual(await explorer.z(), z, 'zooming moves no z');
  }));

  for (const [what, button, key] of [['the right button', 'right'], ['the middle button', 'middle'], ['Shift', 'left', 'Shift'], ['Space', 'left', 'Space']])
    test(`a drag with ${what} pans`, () => withPage(async (explorer, page) => {
      const {x, y, width, height} = await explorer.place('plane');
      const from = [Math.round(x + width / 2), Math.round(y + height / 2)], to = [from[0] + 120, from[1] - 60];
      const z = await explorer.z(), grabbed = await explorer.latent(...from);
      await page.mouse.move(...from);
      if (key) await page.keyboard.down(key);
      await explorer.settled();
      await page.mouse.down({button});
      await explorer.frame();
      for (const at of path(from, to, 5)) await page.mouse.move(...at);
      await explorer.frame();
      await page.mouse.up({button});
      if (key) await page.keyboard.up(key);
      await explorer.settled();
      assertNear(await explorer.latent(...to), grabbed, 1e-2, 'what was grabbed is under the pointer');
      assert.deepEqual(await explorer.z(), z, 'panning moves no z');
    }));

  test('a mark under the pointer shows a card with its reconstruction', () => withPage(async (explorer, page) => {
    const n = 12, [x, y] = await explorer.screen(...await explorer.encoded(n));
    const plane = await explorer.place('plane');
    await page.mouse.move(plane.x + 60, plane.y + 8);
    await explorer.settled();
    const card = {x: x + 24, y: y - 40, width: 100, height: 80}; // part of where it will be
    const without = await page.screenshot({clip: card});
    await page.mouse.move(Math.round(x), Math.round(y));
    await explorer.settled();
    const hovered = await explorer.get('hovered');
    assert.ok(hovered >= 0, 'nothing is hovered');
    const [mx, my] = await explorer.screen(...await explorer.encoded(hovered));
    assert.ok(Math.hypot(mx - x, my - y) < 3, `the mark that is hovered lies ${Math.hypot(mx - x, my - y)} away`);
    assert.ok(!without.equals(await page.screenshot({clip: card})), 'no card is drawn');
    const header = await explorer.place('header');
    await page.mouse.move(header.x + 4, header.y - 4);
    await explorer.settled();
    assert.equal(await explorer.get('hovered'), -1, 'away from all marks nothing is hovered');
  }));
});
