// The original images of the test set: fetched block by block when needed, verified, shown beside their
// reconstructions, and saved as a table.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {inflateSync} from 'node:zlib';
import {clickRetry, messageCard, press} from './help/controls.mjs';
import {NO_WEBGL, downloaded, setUp, until, withExplorer} from './help/explorer.mjs';
import {light} from './help/palette.mjs';
import {pictureCells, readPng, screenshot, shrunk} from './help/pictures.mjs';
import {distFile, manifest, root} from './help/server.mjs';
import {tensor} from './help/weights.mjs';

const {models: [first], files} = manifest(), SIDE = 28, FIRST_BLOCK = 250;
const {path: folder} = first.images, weights = distFile(first.path);
const blockOf = (n) => n < FIRST_BLOCK ? 0 : 1 + Math.floor((n - FIRST_BLOCK) / 500);
const blockFile = (block) => `${folder}${block}.pack`;
// The grey values of test image n, 0 to 1, from its block in dist/.
function original(n) {
  const block = blockOf(n), begin = block ? FIRST_BLOCK + 500 * (block - 1) : 0;
  const images = inflateSync(distFile(blockFile(block)));
  return Array.from(images.subarray((n - begin) * SIDE * SIDE, (n - begin + 1) * SIDE * SIDE), (value) => value / 255);
}
// The picture inside its frame, as grey values.
const inside = ({width, height, at}) => shrunk({width: width - 8, height: height - 8, at: (x, y) => at(x + 4, y + 4)}, SIDE, SIDE, light.paper[1], light.pencil[1]);
const difference = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

describe('original images', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (answers, options, run) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    Object.assign(shared.server.answers, answers);
    shared.server.requests.length = 0;
    return withExplorer(shared, options, run);
  };
  const asked = () => shared.server.requests.map(({path}) => path).filter((path) => path.includes('.pack'));
  const cells = async (explorer, count) => (await until(async () => {
    const found = pictureCells(await screenshot(explorer.page, await explorer.place('tool')), light.panel);
    return found.length === count && found;
  }, `${count} pictures in the panel`)).map(inside);

  test('header and blocks in dist are the pack of weights/, byte for byte', () => {
    const pack = readFileSync(join(root, 'weights/data/fashion-mnist-test.pack'));
    const header = distFile(files['fashion-mnist-test.pack'].path), {blocks, labels} = JSON.parse(header.subarray(48));
    const parts = [header, distFile(`${folder}labels.pack`), ...blocks.map((_, block) => distFile(blockFile(block)))];
    assert.equal(labels.offset, 0);
    assert.ok(Buffer.concat(parts).equals(pack));
  });

  test('nothing is fetched before an image is needed; then header and block, once', () => withPage({}, {fresh: true}, async (explorer, page) => {
    assert.deepEqual(asked(), []);
    await page.evaluate(() => { location.hash += '&tool=image&x=1234'; });
    await until(() => asked().length === 2, 'the header and a block');
    await explorer.settled();
    const [canvas] = await cells(explorer, 3);
    assert.ok(difference(canvas, original(1234)) < 0.06, `${difference(canvas, original(1234))} from the original`);
    await page.evaluate(() => { location.hash = location.hash.replace('x=1234', 'x=1235'); });
    await explorer.settled();
    assert.deepEqual(asked(), [`${folder}header.pack`, blockFile(blockOf(1234))]);
  }));

  test('the loss of an original equals the one in the weight file', () => withPage({}, {hash: '#tool=strange&x=12'}, async (explorer, page) => {
    const [, expected] = [await until(() => asked().includes(blockFile(0)), 'the block'), tensor(weights, 'aux.test_excess')[12]];
    await explorer.settled();
    await page.click('#controls-button');
    const text = await until(() => page.evaluate(() => document.getElementById('controls').textContent), 'the words of the panel');
    const score = Number(/Score (\d[\d.]*)/.exec(text)[1]);
    assert.ok(Math.abs(score - expected) < 0.3, `${score} instead of ${expected}`);
  }));

  test('a mark under the pointer shows its original beside the reconstruction', () => withPage({}, {}, async (explorer, page) => {
    const [z1, z2] = await explorer.encoded(777), [x, y] = await explorer.screen(z1, z2);
    await page.mouse.move(x, y);
    const n = await until(async () => {
      const hovered = await explorer.get('hovered');
      return hovered >= 0 && [hovered];
    }, 'a mark').then(([hovered]) => hovered);
    await until(() => asked().includes(blockFile(blockOf(n))), 'its block');
    await explorer.settled();
    const [at1, at2] = await explorer.encoded(n), [left, middle] = await explorer.screen(at1, at2);
    const clip = {x: Math.round(left) + 28, y: Math.round(middle) - 61, width: 100, height: 100}; // picture_panel.cpp
    const shown = inside(await screenshot(page, clip)), off = difference(shown, original(n));
    assert.ok(off < 0.06, `the picture differs by ${off} from the original`);
    assert.ok(difference(shown, original(n + 1)) > 2 * off);
  }));

  for (const [what, answer] of Object.entries({'that does not come': {status: 503, body: 'no'}, 'that is another': {body: Buffer.from('no')}}))
    test(`a block ${what}: a message says so, and Try again works`, () => withPage({[blockFile(1)]: answer}, {hash: '#tool=image&x=300', fresh: true, allowed: [/503/]}, async (explorer) => {
      const message = await until(() => explorer.message(), 'a message');
      assert.match(message, /original images cannot be shown/);
      await messageCard(explorer);
      delete shared.server.answers[blockFile(1)];
      await clickRetry(explorer);
      const [canvas] = await cells(explorer, 3);
      assert.ok(difference(canvas, original(300)) < 0.06);
      assert.equal(await explorer.message(), '');
    }));

  test('a dropped pack is used; the error for a damaged one names it', () => withPage({}, {}, async (explorer, page) => {
    const drop = (bytes, name) => page.evaluate(async ([data, file]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], file));
      dispatchEvent(new DragEvent('drop', {dataTransfer: transfer}));
    }, [bytes.toString('base64'), name]);
    const pack = readFileSync(join(root, 'weights/data/fashion-mnist-test.pack'));
    const damaged = Buffer.from(pack);
    damaged[200000] ^= 4;
    await drop(damaged, 'broken.pack');
    const message = await until(() => explorer.message(), 'a message');
    assert.match(message, /broken\.pack/);
    await explorer.press('Escape');
    await drop(pack, 'mine.pack');
    await until(async () => (await explorer.state()).tool === 'image', 'the tool');
    const [canvas] = await cells(explorer, 3);
    assert.ok(difference(canvas, original(0)) < 0.06);
    assert.deepEqual(asked(), []);
  }));

  test('a shape drawn with the mouse selects the images in it, and z stays', () => withPage({}, {hash: '#tool=select&z=2,2'}, async (explorer, page) => {
    await press(explorer, 'shape 0');
    const corners = [[-1, -0.5], [0.6, -0.8], [1, 0.4], [0.1, 0], [-0.7, 0.9]], at = await Promise.all(corners.map(([x, y]) => explorer.screen(x, y)));
    await page.mouse.move(...at[0]);
    await page.mouse.down();
    for (const [x, y] of [...at.slice(1), at[0]]) await page.mouse.move(x, y, {steps: 12});
    await page.mouse.up();
    await explorer.settled();
    const mu = tensor(weights, 'aux.test_mu');
    const inside = (x, y) => corners.reduce((is, [x2, y2], i) => {
      const [x1, y1] = corners.at(i - 1);
      return (y1 > y) !== (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) ? !is : is;
    }, false);
    let expected = 0;
    for (let n = 0; n < mu.length / 2; n++) expected += inside(mu[2 * n], mu[2 * n + 1]);
    await page.click('#controls-button');
    const text = await until(() => page.evaluate(() => document.getElementById('controls').textContent), 'the words of the panel');
    const found = Number(/(\d+) of 10000 test images/.exec(text)[1]);
    assert.ok(expected > 100 && Math.abs(found - expected) < 0.03 * expected, `${found} images, expected about ${expected}`);
    assert.deepEqual(await explorer.z(), [2, 2]);
  }));

  test('the most misplaced images are found among all images on request', () => withPage({}, {hash: '#tool=strange', viewport: {width: 1280, height: 1100}}, async (explorer, page) => {
    const {blocks} = JSON.parse(distFile(files['fashion-mnist-test.pack'].path).subarray(48)), fetched = () => asked().filter((path) => /\/\d+\.pack$/.test(path)).length;
    await explorer.settled();
    assert.ok(fetched() < blocks.length, 'the strips of the panel need all blocks'); // else the rest of the test would prove nothing
    await press(explorer, 'misplaced 0');
    const words = () => page.evaluate(() => document.getElementById('controls').textContent);
    await until(async () => /The arrows lead from their marks/.test(await words()), 'the search', 120000);
    assert.equal(fetched(), blocks.length);
    const [, nats] = /, (\d+) nats better/.exec(await words());
    assert.ok(nats > 30 && nats < 1000, `${nats} nats`);
    await press(explorer, 'misplaced image 0');
    assert.match((await explorer.state()).x, /^\d+$/);
  }));

  test('a selection is saved as a table of its codes and as an image of its originals', () => withPage({}, {hash: '#tool=select&a=-0.4,-0.4&b=0.4,0.4'}, async (explorer, page) => {
    await explorer.settled();
    const mu = tensor(weights, 'aux.test_mu'), inside = [];
    for (let n = 0; n < mu.length / 2; n++) if (Math.abs(mu[2 * n]) <= 0.4 && Math.abs(mu[2 * n + 1]) <= 0.4) inside.push(n);
    const [table] = await Promise.all([page.waitForEvent('download'), press(explorer, 'save selection 0')]);
    const lines = `${await downloaded(table)}`.trimEnd().split('\n');
    assert.equal(lines[0], 'image,label,class,mu1,mu2,logvar1,logvar2');
    assert.deepEqual(lines.slice(1).map((line) => parseInt(line)), inside);
    assert.equal(table.suggestedFilename(), 'selection.csv');
    await until(() => new Set(inside.slice(0, 24).map(blockOf)).size + 1 <= asked().length, 'the blocks of the page');
    await explorer.settled();
    const [image] = await Promise.all([page.waitForEvent('download'), press(explorer, 'save selection 1')]);
    const sheet = readPng(await downloaded(image));
    assert.deepEqual([sheet.width, sheet.height], [6 * SIDE, 4 * SIDE]);
    const grey = Array.from({length: SIDE * SIDE}, (_, i) => sheet.at(i % SIDE, Math.floor(i / SIDE))[1] / 255);
    assert.ok(difference(grey, original(inside[0])) < 1e-6);
  }));
});
