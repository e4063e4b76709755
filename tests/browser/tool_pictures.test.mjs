// What the tools show: the pixels of their images, and their numbers.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {inflateSync} from 'node:zlib';
import {drag, placeOf, press} from './help/controls.mjs';
import {setUp, until, withExplorer} from './help/explorer.mjs';
import {light} from './help/palette.mjs';
import {decodeNatively, pictureCells, screenshot, shrunk} from './help/pictures.mjs';
import {distFile, manifest} from './help/server.mjs';
import {tensor} from './help/weights.mjs';

const {models: [first]} = manifest(), SIDE = 28;
const weights = distFile(first.path);
const difference = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
const squared = (a, b) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length;
const number = (text, pattern) => {
  const found = pattern.exec(text);
  assert.ok(found, `"${text}" does not say ${pattern}`);
  return Number(found[1].replace('\u2212', '-'));
};

// The pictures in the tool's panel, as grey values from 0 (paper) to 1, once there are `count` of them; originals of
// test images may follow.
async function pictures(explorer, count) {
  const cells = await until(async () => {
    const found = pictureCells(await screenshot(explorer.page, await explorer.place('tool')), light.panel);
    return found.length >= count && found.slice(0, count);
  }, `${count} pictures in the panel`);
  return cells.map((cell) => shrunk(cell, SIDE, SIDE, light.paper[1], light.pencil[1]));
}

// The panel's text, from the page's own controls, which are closed again.
async function panelText({page}) {
  await page.click('#controls-button');
  const text = await until(() => page.evaluate(() => document.getElementById('controls').textContent), 'the words of the panel');
  await page.keyboard.press('Escape');
  return text;
}

describe('what the tools show', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('how strange: the score of a test image equals the one in the file', () => withPage({hash: '#tool=strange&x=12'}, async (explorer) => {
    const scores = tensor(weights, 'aux.test_excess');
    assert.ok(Math.abs(scores[12] - scores[13]) > 1, 'equal scores would prove nothing');
    const shownScore = async () => number(await panelText(explorer), /Score (\S+) \S+ above the floor/);
    await explorer.settled();
    assert.ok(Math.abs(await shownScore() - scores[12]) < 0.06, `${await shownScore()} instead of ${scores[12]}`);
    await press(explorer, 'input 0');
    const {x} = await explorer.state();
    assert.notEqual(x, '12');
    assert.ok(Math.abs(await shownScore() - scores[Number(x)]) < 0.06, `${await shownScore()} instead of ${scores[Number(x)]}`);
  }));

  test('merge: A, B, the mean of the codes and the mean of the pixels equal those of the decoder', () => withPage(
    {hash: '#tool=merge&a=-1.2,-1.4&b=0.6,0.6'}, async (explorer) => {
      await explorer.settled();
      const shown = await pictures(explorer, 5), [a, b, middle] = decodeNatively(first.name, [[-1.2, -1.4], [0.6, 0.6], [-0.3, -0.4]]);
      const pixels = a.map((value, i) => (value + b[i]) / 2);
      for (const [what, n, wanted] of [['A', 0, a], ['B', 1, b], ['the middle of the codes', 2, middle], ['the middle of the pixels', 4, pixels]]) {
        const off = shown.map((picture) => difference(wanted, picture));
        assert.ok(off[n] < 0.08, `${what} is off by ${off[n]}`); // small cells, smoothly enlarged
        assert.ok(off.every((other, i) => i === n || other > 1.2 * off[n]), `${what} could be another of them: ${off}`);
      }
    }));

  test('noise: the noisy image and its reconstructions differ from the clean image by the numbers shown', () => withPage(
    {hash: '#tool=noise&x=12&noise=gaussian,0'}, async (explorer) => {
      await explorer.settled();
      const count = 4; // clean, noisy, this model, denoiser
      const wanted = Array.from(inflateSync(distFile(`${first.images.path}0.pack`)).subarray(12 * SIDE ** 2, 13 * SIDE ** 2), (value) => value / 255);
      const [clean, calm] = await until(async () => {
        const shown = await pictures(explorer, count);
        return difference(wanted, shown[0]) < 0.1 && shown; // the original has arrived
      }, 'the original as the clean picture');
      assert.ok(difference(clean, calm) < 1e-9, 'noise of level 0 changes the picture');
      const {x, y, width, height} = await placeOf(explorer, 'level');
      await drag(explorer, [x + 10, y + height / 2], [x + width / 2, y + height / 2]);
      const [same, noisy, repaired] = await pictures(explorer, count);
      assert.deepEqual(same, clean, 'the clean picture stays');
      const said = number(await panelText(explorer), /noisy\D*(\d\.\d+)/), seen = squared(noisy, clean);
      assert.ok(said > 0.08 && said < 0.2, `half of the range of grey, cut at black and white, gives ${said}`);
      assert.ok(seen > 0.3 * said && seen < 1.2 * said, `${seen} is seen, ${said} is said`); // enlarging softens single pixels
      const left = number(await panelText(explorer), /this model\D*(\d\.\d+)/), seenLeft = squared(repaired, clean);
      assert.ok(seenLeft > 0.3 * left && seenLeft < 1.5 * left, `${seenLeft} is left, ${left} is said`);
    }));
});
