// Overlays, chosen with a real pointer: each is drawn, stays calm afterwards, and its link shows it again.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {setUp, until, withExplorer} from './help/explorer.mjs';
import {chooseOverlay, press} from './help/controls.mjs';
import {overlays} from './help/tables.mjs';

describe('overlays', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('each is chosen from the list, changes the plane, is in the link, and draws nothing once it is done', () => withPage({}, async (explorer, page) => {
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
      await new Promise((done) => setTimeout(done, 300));
      assert.equal(await explorer.frames(), before, `${key} goes on drawing`);
    }
    await press(explorer, 'off');
    assert.equal((await explorer.state()).overlay, undefined);
  }));

  test('"next hole" flies to a place where the prior expects more', () => withPage({hash: '#overlay=holes'}, async (explorer) => {
    await explorer.settled();
    const before = await explorer.z();
    await press(explorer, 'legend button 0');
    assert.notDeepEqual(await explorer.z(), before);
    await until(async () => /a hole/.test(await explorer.get('spoken')), 'the word "hole" for a screen reader');
    const first = await explorer.z();
    await press(explorer, 'legend button 0');
    assert.notDeepEqual(await explorer.z(), first, 'there is a second hole');
  }));

  test('a link shows the same pixels again', () => withPage({hash: '#overlay=overlap&z=0.5,0.5'}, async (explorer, page) => {
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
