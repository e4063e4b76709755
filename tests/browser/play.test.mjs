// The training replay tells the truth and plays; the ring walks; what plays is saved as a film. With a real mouse and keyboard.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, assertNear, downloaded, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {placeOf, press, pressAndGo} from './help/controls.mjs';
import {screenshot} from './help/pictures.mjs';

const MODEL = 'm=fashion-dense-vae-2d', REPLAY = `#${MODEL}&tool=replay`; // 21 frames
const frameOf = async (explorer) => Number((await explorer.state()).frame ?? -1);
const untilFrame = (explorer, frame) => until(async () => await frameOf(explorer) >= frame, `frame ${frame}`);

// The largest difference of two pixels of a part of the window in brightness.
async function contrast(explorer, part) {
  const {x, y, width, height} = await explorer.place(part);
  const shot = await screenshot(explorer.page, {x, y: y + height / 8, width, height: height / 4}); // above the words
  let low = 255, high = 0;
  for (let row = 0; row < shot.height; row++)
    for (let column = 0; column < shot.width; column++) {
      const [red] = shot.at(column, row);
      low = Math.min(low, red), high = Math.max(high, red);
    }
  return high - low;
}

// The frames of a GIF: [{time, x, y, width, height}].
function gifFrames(bytes) {
  assert.equal(bytes.subarray(0, 6).toString('latin1'), 'GIF89a');
  const table = (flags) => flags & 128 ? 3 << (flags & 7) + 1 : 0, frames = [];
  let at = 13 + table(bytes[10]), time = 0;
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9) time = bytes.readUInt16LE(at + 4);
      at += 2;
    } else {
      const [x, y, width, height] = [1, 3, 5, 7].map((k) => bytes.readUInt16LE(at + k));
      frames.push({time, x, y, width, height});
      at += 11 + table(bytes[at + 9]);
    }
    while (bytes[at]) at += bytes[at] + 1;
    at++;
  }
  assert.equal(at, bytes.length - 1);
  return {width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), frames};
}

describe('play', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);
  const replayReady = async (explorer) => {
    await placeOf(explorer, 'play');
    await explorer.settled();
  };

  test('beside early marks the image is faded, and the words and the overlay name the epoch', () => withPage({hash: `${REPLAY}&frame=2&overlay=density`}, async (explorer, page) => {
    await replayReady(explorer);
    await until(async () => /epoch 2/.test(await explorer.get('spoken')), 'the words');
    assert.match(await explorer.get('spoken'), /marks nearby, epoch 2: .*The trained model decodes this, not that of epoch 2\./);
    const early = await contrast(explorer, 'decoded');
    await press(explorer, 'frame step 3'); // after training
    await until(async () => !/epoch/.test(await explorer.get('spoken')), 'the words of the trained model');
    assert.ok(early < 0.4 * await contrast(explorer, 'decoded'), `contrast ${early}`);
    assert.equal((await explorer.state()).frame, '20');
    const map = async () => (await page.screenshot({clip: await explorer.place('plane')})).toString('base64');
    const last = await map();
    await press(explorer, 'frame step 0');
    await until(async () => /epoch 0/.test(await explorer.get('spoken')), 'the words before training');
    await explorer.settled();
    assert.notEqual(await map(), last);
  }));

  test('an overlay of the network is withdrawn, and the controls say so', () => withPage({hash: `${REPLAY}&frame=2&overlay=tiles`}, async (explorer, page) => {
    await replayReady(explorer);
    await until(() => page.evaluate(() => document.body.textContent.includes('Not shown: this is of the trained model; the marks are of epoch 2.')), 'the sentence in the controls');
    await press(explorer, 'frame step 3');
    await until(() => page.evaluate(() => !document.body.textContent.includes('Not shown: this is of')), 'the overlay');
  }));

  test('the button plays the replay to its end, and the link has the frame', () => withPage({hash: `${REPLAY}&frame=0`}, async (explorer) => {
    await replayReady(explorer);
    await press(explorer, 'speed 3');
    await press(explorer, 'play');
    await untilFrame(explorer, 20);
    await quietTime();
    const drawn = await explorer.frames();
    await quietTime(1000);
    assert.equal(await explorer.frames(), drawn, 'at the end it rests');
  }));

  test('the space key plays and pauses', () => withPage({hash: `${REPLAY}&frame=0`}, async (explorer, page) => {
    await replayReady(explorer);
    await page.evaluate(() => document.getElementById('canvas').focus());
    await page.keyboard.press('Space');
    await untilFrame(explorer, 2);
    await page.keyboard.press('Space');
    await quietTime(1000); // the marks go on to the next frame
    const frame = await frameOf(explorer);
    assert.ok(frame < 20);
    await quietTime(1000);
    assert.equal(await frameOf(explorer), frame);
    await page.keyboard.press('Space');
    await untilFrame(explorer, frame + 2);
    await page.keyboard.press('ArrowLeft'); // any other change of the view ends it
    await quietTime(600);
    const stopped = await frameOf(explorer);
    await quietTime(800);
    assert.equal(await frameOf(explorer), stopped);
  }));

  test('a space on a button of the page, and a drag with the space held, play nothing', () => withPage({hash: `${REPLAY}&frame=0`}, async (explorer, page) => {
    await replayReady(explorer);
    const {x, y, width, height} = await explorer.place('plane'), [z1] = await explorer.screen(0, 0);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.down('Space');
    await explorer.frame();
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 60, y + height / 2, {steps: 4});
    await page.mouse.up();
    await page.keyboard.up('Space');
    await quietTime(1000);
    assert.equal(await frameOf(explorer), 0);
    assert.ok(Math.abs((await explorer.screen(0, 0))[0] - z1 - 60) < 3, 'the map has moved');
    const button = page.locator('button:visible').first();
    await button.focus();
    await page.keyboard.press('Space');
    await quietTime(1000);
    assert.equal(await frameOf(explorer), 0);
  }));

  test('the ring walks from A to B', () => withPage({hash: `#${MODEL}&z=1,1&tool=path&a=-1,-1&b=1,0.5`}, async (explorer) => {
    await placeOf(explorer, 'play');
    await explorer.settled();
    await press(explorer, 'speed 3');
    await pressAndGo(explorer, 'play');
    await until(async () => { const [x, y] = await explorer.z(); return x < 0 && Math.abs(y - (0.75 * x - 0.25)) < 0.01; }, 'the ring on the path');
    await until(async () => (await explorer.z())[0] > 0.999, 'the ring at B');
    await explorer.settled();
    assertNear(await explorer.z(), [1, 0.5], 1e-5, 'z');
  }));

  test('an idle page that asks for it walks until the mouse moves', () => withPage({hash: `#${MODEL}&z=0.5,0.5&watch=1`}, async (explorer, page) => {
    await page.mouse.move(3, 3);
    await until(async () => Math.abs((await explorer.z())[0] - 0.5) > 0.05, 'the ring to walk');
    await page.mouse.move(30, 30);
    await quietTime(300);
    const z = await explorer.z();
    await quietTime(500);
    assert.deepEqual(await explorer.z(), z);
    await until(async () => (await explorer.z())[0] !== z[0], 'the ring to walk again');
  }));

  test('where the visitor wants no motion, the page does not walk and the marks do not slide', () => withPage({hash: `#${MODEL}&z=0.5,0.5&watch=1&tool=replay&frame=0`, reducedMotion: 'reduce'}, async (explorer, page) => {
    await replayReady(explorer);
    await quietTime(2500);
    assert.deepEqual(await explorer.z(), [0.5, 0.5]);
    await press(explorer, 'play');
    await page.mouse.move(1, 1);
    const maps = new Set();
    await until(async () => {
      const before = await frameOf(explorer), place = await explorer.place('plane');
      const shot = (await page.screenshot({clip: place})).toString('base64');
      if (await frameOf(explorer) === before) maps.add(`${before}:${shot}`);
      return before >= 6;
    }, 'six frames');
    const seen = [...maps].map((map) => map.split(':')[0]);
    assert.equal(new Set(seen).size, seen.length, `two pictures of one frame: ${seen}`);
  }));
});

describe('film', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('what plays is saved as an animated GIF, and the view is as before', () => withPage({hash: `${REPLAY}&frame=3`, viewport: {width: 900, height: 600}, fresh: true}, async (explorer, page) => {
    await placeOf(explorer, 'play');
    await press(explorer, 'next speed'); // this panel has no room for all of them
    await press(explorer, 'next speed');
    const coming = page.waitForEvent('download', {timeout: 120000}), before = await explorer.get('state');
    await press(explorer, 'film');
    const download = await coming;
    assert.equal(download.suggestedFilename(), 'latent-loom.gif');
    const {width, height, frames} = gifFrames(await downloaded(download));
    assert.deepEqual([width, height], [900, 600]);
    assert.ok(frames.length >= 15 && frames.length <= 17, `${frames.length} frames`); // 1.25 s
    assert.equal(frames.at(-1).time, 100);
    assert.deepEqual([frames[0].width, frames[0].height], [900, 600]);
    assert.equal(await page.locator('#film-dialog').count(), 0);
    await explorer.settled();
    assert.equal(await explorer.get('state'), before);
  }));

  test('it shows how far it is, and can be cancelled', () => withPage({hash: `#${MODEL}&z=1,1&tool=walk`, viewport: {width: 900, height: 600}, fresh: true}, async (explorer, page) => {
    await placeOf(explorer, 'play');
    let saved = false;
    page.on('download', () => { saved = true; });
    await pressAndGo(explorer, 'film');
    await until(async () => await page.locator('#film-dialog progress').evaluate((bar) => bar.value) > 0.01, 'progress');
    assert.match(await page.locator('#film-dialog p').textContent(), /^\d+ % drawn$/);
    await page.getByRole('button', {name: 'Cancel'}).click();
    await until(async () => await page.locator('#film-dialog').count() === 0, 'the dialog to close');
    await quietTime(800);
    assert.equal(saved, false);
    assertNear(await explorer.z(), [1, 1], 1e-5, 'z');
  }));
});
