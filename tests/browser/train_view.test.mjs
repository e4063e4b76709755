// What one sees while a model is trained in the page: marks that move, an overlay that never goes out, ten images with
// their reconstructions, curves, and afterwards originals and a replay. With the real mouse.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {chooseTool, drag, placeOf, press} from './help/controls.mjs';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {light} from './help/palette.mjs';
import {screenshot, shrunk} from './help/pictures.mjs';
import {tools} from './help/tables.mjs';

const SLOW = 180000; // ms, on a busy machine
const LONG = '#tool=train&train=fashion,small,2,vae,e60', SHORT = '#tool=train&train=fashion,small,2,vae,e3';
const viewport = {width: 1280, height: 900};

const run = (page) => page.evaluate(() => ({...window.loom.training}));
const panel = (page) => page.evaluate(() => document.getElementById('controls')?.textContent ?? '');
const phase = (page, wanted) => until(async () => (await run(page)).phase === wanted, wanted, SLOW);

// For some seconds, frame by frame: where mark 7 is drawn and where its code is.
const watch = (page, seconds) => page.evaluate(async (milliseconds) => {
  const frames = [];
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    await new Promise((done) => requestAnimationFrame(done));
    frames.push([window.loom.drawn(7).join(), window.loom.encoded(7).join(), window.loom.frames]);
  }
  return frames;
}, 1000 * seconds);
const different = (frames, which) => new Set(frames.map((frame) => frame[which])).size;

describe('training in sight', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, work) => withExplorer(shared, {viewport, ...options}, work);
  const begin = async (explorer, page) => {
    await press(explorer, 'train start');
    await until(async () => (await explorer.model()) === 'trained-here', 'the first model', SLOW);
    await until(async () => (await run(page)).epoch >= 1, 'the first epoch', SLOW);
  };

  test('marks move between updates, and z can be dragged all the while', () => withPage({hash: LONG}, async (explorer, page) => {
    await begin(explorer, page);
    const frames = await watch(page, 4), updates = different(frames, 1);
    assert.ok(updates >= 2, `${updates} updates`);
    assert.ok(different(frames, 0) > 4 * updates, `${different(frames, 0)} places of a mark in ${updates} updates`);
    assert.ok(frames.at(-1)[2] - frames[0][2] > 0.7 * frames.length, 'a frame is drawn whenever the browser shows one');
    const [x, y] = await explorer.screen(0.5, 0.5), [before] = await explorer.z();
    await drag(explorer, [x, y], [x + 120, y - 40]);
    assert.ok(Math.abs((await explorer.z())[0] - before) > 0.2);
    await press(explorer, 'train pause');
    await phase(page, 'paused');
    await explorer.settled();
    const [drawn, code] = await page.evaluate(() => [window.loom.drawn(7), window.loom.encoded(7)]);
    assert.deepEqual(drawn, code);
  }));

  test('where the system asks for reduced motion, marks do not move', () => withPage({hash: LONG, reducedMotion: 'reduce'}, async (explorer, page) => {
    await begin(explorer, page);
    const frames = await watch(page, 3);
    for (const [drawn, code] of frames) assert.equal(drawn, code);
    assert.ok(different(frames, 1) >= 2);
  }));

  test('the overlay stays in sight from update to update', () => withPage({hash: `${LONG}&overlay=density&marks=0`}, async (explorer, page) => {
    await begin(explorer, page);
    const {x, y, width, height} = await explorer.place('plane'), clip = {x: x + width / 3, y: y + height / 3, width: width / 3, height: height / 3};
    const shares = [];
    for (let i = 0; i < 12; i++) {
      const picture = await screenshot(page, clip);
      let covered = 0;
      for (let row = 0; row < picture.height; row += 3)
        for (let column = 0; column < picture.width; column += 3)
          covered += Math.max(...picture.at(column, row).slice(0, 3).map((value, c) => Math.abs(value - light.plane[c]))) > 12;
      shares.push(covered / Math.ceil(picture.height / 3) / Math.ceil(picture.width / 3));
    }
    assert.ok(Math.min(...shares) > 0.3, `covered: ${shares.map((share) => share.toFixed(2))}`);
    assert.equal((await run(page)).phase, 'running');
  }));

  test('ten images with their reconstructions, curves, bars; a click goes to an image', () => withPage({hash: LONG}, async (explorer, page) => {
    await begin(explorer, page);
    const columns = await Promise.all(Array.from({length: 10}, (_, i) => placeOf(explorer, `trained image ${i}`)));
    const strip = async () => {
      const now = await screenshot(page, {x: columns[0].x, y: columns[0].y, width: columns[9].x + columns[9].width - columns[0].x, height: columns[0].height});
      const half = (from) => shrunk({width: now.width, height: Math.floor(now.height / 2) - 2, at: (x, y) => now.at(x, y + from)}, 60, 6, light.paper[1], light.pencil[1]);
      return [half(0), half(Math.ceil(now.height / 2) + 2)];
    };
    const difference = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
    const [originals, first] = await strip(), since = (await run(page)).epoch;
    await until(async () => (await run(page)).epoch >= since + 3, 'three more epochs', SLOW);
    const [same, later] = await strip();
    assert.ok(difference(originals, same) < 0.002, 'the originals stay');
    assert.ok(difference(first, later) > 0.004, 'the reconstructions change');
    assert.ok(difference(same, later) < 0.2, 'the reconstructions look like their originals');

    for (const [curve, said] of [['train curve 0', /Convolutional VAE \(dashed\)\s*254\.1/], ['train curve 1', /Convolutional VAE \(dashed\)\s*247\.3/],
      ['train curve 2', /Convolutional VAE \(dashed\)\s*6\.79/], ['train curve 3', /15 neighbours \(thick\)\s*\d+(\.\d+)? %/]]) {
      await press(explorer, curve);
      await until(async () => said.test(await panel(page)), `${curve}: ${said}`);
    }
    await press(explorer, 'train curve 0');
    await until(async () => /KL of z1\s*\d/.test(await panel(page)), 'the bars');
    await press(explorer, 'trained image 8');
    const {x} = await explorer.state();
    assert.match(x, /^\d+$/);
  }));

  test('afterwards: originals of its marks, and its replay', () => withPage({hash: SHORT}, async (explorer, page) => {
    await begin(explorer, page);
    await phase(page, 'finished');
    await explorer.settled();
    const [z1, z2] = await explorer.encoded(3), [x, y] = await explorer.screen(z1, z2);
    await page.mouse.move(x, y);
    await until(async () => (await explorer.get('hovered')) >= 0, 'a mark');
    await explorer.settled();
    const n = await explorer.get('hovered'), [left, middle] = await explorer.screen(...await explorer.encoded(n));
    const clip = {x: Math.round(left) + 28, y: Math.round(middle) - 61, width: 100, height: 100}; // picture_panel.cpp
    const card = await screenshot(page, clip);
    const grey = shrunk({width: card.width - 8, height: card.height - 8, at: (a, b) => card.at(a + 4, b + 4)}, 28, 28, light.paper[1], light.pencil[1]);
    const levels = new Set(grey.map((value) => Math.round(value * 15)));
    assert.ok(levels.size > 4 && Math.max(...grey) > 0.5, 'the original is in the card');

    await chooseTool(explorer, tools.indexOf('replay'));
    await until(async () => /After epoch 3\./.test(await panel(page)), 'the last frame');
    await press(explorer, 'frame step 0');
    await until(async () => /Before training/.test(await panel(page)), 'the first frame');
  }));

  test('a screen reader hears of epochs', () => withPage({hash: LONG}, async (explorer, page) => {
    await begin(explorer, page);
    const spoken = () => page.evaluate(() => document.getElementById('spoken').textContent);
    const first = await until(async () => /^Epoch \d+ of 60, \d+\.\d nats per image\./.test(await spoken()) && spoken(), 'an epoch', SLOW);
    await until(async () => (await spoken()) !== first && /^Epoch/.test(await spoken()), 'another', SLOW);
  }));
});
