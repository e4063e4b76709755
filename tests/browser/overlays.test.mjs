// Overlays, chosen with the pointer: each is drawn, then comes to rest, and its link restores it.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {chooseOverlay, placeOf, press} from './help/controls.mjs';
import {overlays} from './help/tables.mjs';

describe('overlays', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('each can be chosen from the list, changes the plane, is in the link, and draws nothing once it is complete', () => withPage({}, async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane');
    const clip = {x: x + width / 2, y: y + 100, width: width / 2 - 80, height: height - 200}; // beside the legend
    const plain = await page.screenshot({clip});
    for (const [row, key] of overlays.entries()) {
      if (!key) continue;
      await chooseOverlay(explorer, row);
      assert.equal((await explorer.state()).overlay, key);
      await explorer.settled();
      assert.ok(!plain.equals(await page.screenshot({clip})), `${key} draws nothing`);
      const before = await explorer.frames();
      await quietTime(300);
      assert.equal(await explorer.frames(), before, `${key} goes on drawing`);
    }
    await press(explorer, 'off');
    assert.equal((await explorer.state()).overlay, undefined);
  }));

  test('"next hole" moves z to a point with less density than the prior', () => withPage({hash: '#overlay=holes'}, async (explorer) => {
    await explorer.settled();
    const before = await explorer.z();
    await press(explorer, 'legend button 0');
    assert.notDeepEqual(await explorer.z(), before);
    await until(async () => /a hole/.test(await explorer.get('spoken')), 'the word "hole" for a screen reader');
    const first = await explorer.z();
    await press(explorer, 'legend button 0');
    assert.notDeepEqual(await explorer.z(), first, 'there is a second hole');
  }));

  test('on a phone the legend is one line that a tap expands and collapses', () => withPage(
    {hash: '#overlay=holes', viewport: {width: 360, height: 640}, deviceScaleFactor: 2, hasTouch: true, isMobile: true}, async (explorer, page) => {
      await explorer.settled();
      const tap = async (id) => {
        await page.touchscreen.tap(...(await placeOf(explorer, id)).middle);
        await explorer.settled();
      };
      const there = (id) => page.evaluate((name) => window.loom.pressable(name).width > 0, id);
      assert.equal(await there('legend button 0'), false, 'the card is folded at first');
      const strip = await placeOf(explorer, 'legend fold'), plane = await explorer.place('plane');
      assert.ok(strip.height <= 48 && strip.height < 0.2 * plane.height, `the strip is ${strip.height} high`);
      const z = await explorer.z();
      await tap('legend fold');
      await until(() => there('legend button 0'), 'the card');
      assert.deepEqual(await explorer.z(), z, 'the tap is not for the plane');
      await tap('legend fold');
      await until(async () => !await there('legend button 0'), 'the strip');
      await tap('off');
      await until(async () => (await explorer.state()).overlay === undefined, 'no overlay');
    }));

  test('a link gives the same pixels', () => withPage({hash: '#overlay=overlap&z=0.5,0.5'}, async (explorer, page) => {
    await explorer.settled();
    await page.evaluate(() => document.activeElement.blur());
    await explorer.settled();
    const first = await page.screenshot(), link = await explorer.get('state');
    await withPage({hash: `#${link}`}, async (again, other) => {
      await again.settled();
      await other.evaluate(() => document.activeElement.blur());
      await again.settled();
      assert.ok(first.equals(await other.screenshot()));
    });
  }));
});
