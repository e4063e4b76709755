// Windows of all sizes: nothing overlaps, nothing is cut off, text is sharp.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {light} from './help/palette.mjs';
import {assertDecoded, screenshot} from './help/pictures.mjs';

const SIZES = {'a phone': [390, 844], 'a small phone': [360, 640], 'a phone on its side': [844, 390], 'a frame in a course page': [640, 420],
  'a tablet': [820, 1180], 'a school laptop': [1366, 768], 'a desktop': [1280, 800], 'a large screen': [2560, 1440]};
const PARTS = ['plane', 'header', 'decoded', 'reading', 'legend'];
const FINGER = 44; // the smallest control

const overlap = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.01 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.01;

async function places(explorer) {
  return Object.fromEntries(await Promise.all(PARTS.map(async (part) => [part, await explorer.place(part)])));
}

function assertTidy(parts, width, height) {
  for (const [name, part] of Object.entries(parts)) {
    assert.ok(part.width > 0 && part.height > 0, `${name} is empty`);
    assert.ok(part.x >= -0.01 && part.y >= -0.01 && part.x + part.width <= width + 0.01 && part.y + part.height <= height + 0.01,
      `${name} leaves the window: ${JSON.stringify(part)}`);
    for (const [other, place] of Object.entries(parts)) assert.ok(name >= other || !overlap(part, place), `${name} overlaps ${other}`);
  }
  assert.ok(parts.header.height >= FINGER);
  assert.ok(Math.abs(parts.decoded.width - parts.decoded.height) < 0.01, 'the image is a square');
  assert.ok(parts.plane.width * parts.plane.height > 0.3 * width * height, 'the plane is the largest part');
}

// Between the parts there are only background and separators; text that overflows its part would be found here.
async function assertNothingBetween(explorer, parts, scale) {
  const picture = await screenshot(explorer.page), inside = (x, y) => Object.values(parts).some((part) =>
    x > part.x - 9 && x < part.x + part.width + 2 && y > part.y - 2 && y < part.y + part.height + 2);
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      if (inside(x / scale, y / scale)) continue;
      const pixel = picture.at(x, y);
      const near = (color) => color.every((value, i) => Math.abs(value - pixel[i]) <= 3);
      assert.ok(near(light.panel) || near(light.line), `something is drawn between the parts at ${x}, ${y}: ${pixel}`);
    }
}

describe('layout', () => {
  const shared = setUp();

  for (const [what, [width, height]] of Object.entries(SIZES))
    test(`${what}, ${width} x ${height}`, () => withExplorer(shared, {viewport: {width, height}}, async (explorer, page) => {
      await page.evaluate(() => document.activeElement.blur()); // no focus ring
      const parts = await places(explorer);
      assertTidy(parts, width, height);
      await assertNothingBetween(explorer, parts, 1);
      const picture = await screenshot(page, parts.decoded);
      let darkest = 255;
      for (let y = 0; y < picture.height; y++) for (let x = 0; x < picture.width; x++) darkest = Math.min(darkest, picture.at(x, y)[1]);
      assert.ok(darkest < 200, 'an image is seen');
    }));

  test('the window is resized while the explorer runs', () => withExplorer(shared, {}, async (explorer, page) => {
    const z = await explorer.z();
    for (const [width, height] of [[700, 900], [360, 640], [844, 390], [1280, 800]]) {
      await page.setViewportSize({width, height});
      await until(() => page.evaluate(([w, h]) => {
        const canvas = document.getElementById('canvas');
        return canvas.width === w && canvas.height === h;
      }, [width, height]), `a canvas of ${width} x ${height}`);
      await explorer.settled();
      assertTidy(await places(explorer), width, height);
      assert.deepEqual(await explorer.z(), z);
    }
    assertDecoded(await explorer.model(), await explorer.shown());
  }));

  test('a resize event without a new size changes no pixel', () => withExplorer(shared, {}, async (explorer, page) => {
    await page.evaluate(() => document.activeElement.blur());
    await explorer.settled();
    const before = await page.screenshot();
    await page.evaluate(() => dispatchEvent(new Event('resize'))); // browsers send some after loading
    await quietTime();
    assert.ok(before.equals(await page.screenshot()));
  }));

  test('a screen with two device pixels per point is drawn at full resolution', () => withExplorer(shared, {deviceScaleFactor: 2}, async (explorer, page) => {
    const size = await page.evaluate(() => {
      const canvas = document.getElementById('canvas');
      return [canvas.width, canvas.height, canvas.clientWidth, canvas.clientHeight];
    });
    assert.deepEqual(size, [2560, 1600, 1280, 800]);
    assertTidy(await places(explorer), 1280, 800);
    // Stretched text has no edge from ink to background within one pixel.
    const picture = await screenshot(page, await explorer.place('legend')), contrast = light.panel[1] - light.ink[1];
    let sharp = 0;
    for (let y = 0; y < picture.height; y++)
      for (let x = 1; x < picture.width; x++) sharp += Math.abs(picture.at(x, y)[1] - picture.at(x - 1, y)[1]) > 0.7 * contrast;
    assert.ok(sharp > 100, `${sharp} sharp edges in the legend`);
  }));

  test('the window moves to a screen with more pixels', () => withExplorer(shared, {fresh: true}, async (explorer, page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', {width: 1280, height: 800, deviceScaleFactor: 2, mobile: false});
    await page.evaluate(() => dispatchEvent(new Event('resize'))); // Chromium's emulation tells no listener of the ratio
    await until(() => page.evaluate(() => document.getElementById('canvas').width === 2560), 'a canvas of twice the pixels');
    await explorer.settled();
    assertTidy(await places(explorer), 1280, 800);
    const {x, y, width, height} = await explorer.place('plane'), at = [Math.round(x + width / 3), Math.round(y + height / 3)];
    await explorer.click(...at);
    const [sx, sy] = await explorer.screen(...await explorer.z());
    assert.ok(Math.hypot(sx - at[0], sy - at[1]) < 1, 'the pointer still hits');
  }));
});
