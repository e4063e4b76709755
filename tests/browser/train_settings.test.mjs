// What can be chosen in the tool that trains a model, with the mouse: settings under the fold, single steps and the way
// back, runs that go on from a model, forks, and the visitor's own images.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {deflateSync} from 'node:zlib';
import {press} from './help/controls.mjs';
import {NO_WEBGL, downloaded, setUp, until, withExplorer} from './help/explorer.mjs';
import {pngOf} from './help/png.mjs';
import {dist, manifest} from './help/server.mjs';

const {load} = await import(pathToFileURL(join(dist, 'loom.js')));
const SLOW = 180000; // ms, on a busy machine
const VIEWPORT = {width: 1100, height: 1700}; // the whole panel is visible

const run = (page) => page.evaluate(() => ({...window.loom.training}));
const panel = (page) => page.evaluate(() => document.getElementById('controls')?.textContent ?? '');
// The controls in words follow the canvas a little later.
const says = (page, words) => until(async () => words.test(await panel(page)), `the words ${words}`, SLOW);
const phase = (page, wanted) => until(async () => (await run(page)).phase === wanted, wanted, SLOW);
async function saved(explorer, page, id) {
  const saving = page.waitForEvent('download');
  await press(explorer, id);
  return downloaded(await saving);
}
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// files: {path: bytes}. A zip file of them, deflated.
function zipOf(files) {
  const WRITE = 'import sys,json,zipfile,base64\nz=zipfile.ZipFile(sys.stdout.buffer,"w",zipfile.ZIP_DEFLATED)\n' +
    'for name,data in json.load(sys.stdin).items(): z.writestr(name,b"\\0"*data if isinstance(data,int) else base64.b64decode(data))\nz.close()';
  const input = JSON.stringify(Object.fromEntries(Object.entries(files).map(([path, data]) => [path, typeof data === 'number' ? data : Buffer.from(data).toString('base64')])));
  return execFileSync('python3', ['-c', WRITE], {input, maxBuffer: 2 ** 28});
}

// A grey picture of `side` pixels with a bright bar: upright for class 0, level for class 1, at another place for each n.
function picture(side, classId, n) {
  const rows = Buffer.alloc(side * (side + 1));
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const along = classId ? y : x, from = Math.round(side * (0.2 + 0.02 * (n % 25)));
      rows[y * (side + 1) + 1 + x] = along >= from && along < from + side / 7 ? 150 + n : 0;
    }
  return pngOf(side, side, 8, deflateSync(rows));
}

// Drops files, as {name: bytes}, together.
const drop = (page, files) => page.evaluate((list) => {
  const transfer = new DataTransfer();
  for (const [name, base64] of list) transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
  dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, cancelable: true}));
}, Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));

function idx(dims, values) {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  dims.forEach((size, n) => header.writeUInt32BE(size, 4 + 4 * n));
  return Buffer.concat([header, Buffer.from(values)]);
}

describe('zip files', () => {
  test('every damaged byte and every cut gives content, or a sentence, but no crash', async () => {
    const {zipEntries} = await import(pathToFileURL(join(dist, 'zip.js')));
    const content = {'toys/cat/1.png': Buffer.alloc(1000, 'x'), 'toys/2.png': Buffer.from('yy')}, whole = new Uint8Array(zipOf(content));
    const read = async (bytes) => {
      const found = {};
      for (const {path, size, unpack} of zipEntries(bytes)) if (size < 10000) await unpack().then((data) => { found[path] = Buffer.from(data); }, () => {});
      return found;
    };
    assert.deepEqual(await read(whole), content);
    const refused = /the list of its files is (missing|damaged)/;
    for (let n = 0; n < whole.length; n++)
      for (const value of [0, 255, whole[n] ^ 1]) {
        const damaged = whole.slice();
        damaged[n] = value;
        try {
          for (const data of Object.values(await read(damaged))) assert.ok(Object.values(content).some((one) => one.equals(data)), `byte ${n} is ${value}`);
        } catch (error) {
          assert.match(error.message, refused);
        }
      }
    for (let n = 0; n < whole.length; n++) await assert.rejects(read(whole.slice(0, n)), refused);
  });
});

describe('settings of training in the page', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (hash, work, more = {}) => withExplorer(shared, {hash, viewport: VIEWPORT, fresh: true, ...more}, work);
  const linked = async (explorer) => (await explorer.state()).train;

  test('the fold, with the mouse, and its link', () => withPage('#tool=train', async (explorer, page) => {
    assert.doesNotMatch(await panel(page), /learning rate/);
    for (const id of ['train network 1', 'train size 0', 'train more', 'train rate up', 'train rate up', 'train batch up', 'train optimizer down',
      'train activation up', 'train noise up', 'train noise up', 'train images down', 'train classes 2', 'train class up', 'train seed up', 'train epochs up'])
      await press(explorer, id);
    assert.equal(await linked(explorer), 'fashion,conv-tiny,2,vae,e1,s1,k1,r0.0001,m128,n5000,sgd,relu,masking:0.3');
    await says(page, /learning rate/);
    await press(explorer, 'train more');
    await says(page, /Changed: only Trouser, training images 5,000, epochs 1, learning rate 0\.0001, images per step 128, optimizer sgd/);
  }));

  test('a convolutional network with every other setting is trained to its end', () =>
    withPage('#tool=train&train=digits,conv-tiny,2,vae,b0.5,e1,s3,x8,r0.002,m32,n2000,adamw,silu,gaussian:0.2', async (explorer, page) => {
      await press(explorer, 'train start');
      await phase(page, 'finished');
      const trained = await load(await saved(explorer, page, 'train save 0'));
      assert.equal(trained.info.latentDim, 2);
      await says(page, /loom train mnist-vae-2d --data DIR --out digits-vae-2d\.safetensors --first 2000 /);
      const text = await panel(page);
      for (const option of ['--architecture conv', '--channels 2,2', '--batch-size 32', '--optimizer adamw', '--activation silu', '--corruption gaussian',
        '--corruption-level 0.2', '--leave-out 8', '--beta 0.5', '--seed 3', '--learning-rate 0.002'])
        assert.ok(text.includes(option), option);
    }));

  test('one step, another, and back to the same weights', () => withPage('#tool=train&train=fashion,tiny,2,vae,e2,n500', async (explorer, page) => {
    await press(explorer, 'train step');
    await phase(page, 'paused');
    await says(page, /Step 1 of 8 in this epoch/);
    const first = await saved(explorer, page, 'train save 0');
    await press(explorer, 'train step');
    await says(page, /Step 2 of 8 in this epoch/);
    await press(explorer, 'train reset');
    await says(page, /Step 0 of 8 in this epoch/);
    const start = await saved(explorer, page, 'train save 0');
    assert.notEqual(sha256(start), sha256(first));
    await press(explorer, 'train step');
    await says(page, /Step 1 of 8 in this epoch/);
    assert.equal(sha256(await saved(explorer, page, 'train save 0')), sha256(first));
    await press(explorer, 'train reset');
    await says(page, /Step 0 of 8 in this epoch/);
    assert.equal(sha256(await saved(explorer, page, 'train save 0')), sha256(start));
  }));

  test('going on from a shipped model', () => withPage('#tool=train&m=fashion-dense-vae-2d&train=fashion,small,2,vae,e1,n1000', async (explorer, page) => {
    await press(explorer, 'train from');
    await phase(page, 'finished');
    const {loss} = await run(page), {sha256: file} = manifest().models.find(({name}) => name === 'fashion-dense-vae-2d');
    assert.ok(loss > 200 && loss < 275, `the loss is ${loss}; a new network would be above 400`);
    await says(page, new RegExp(`--start WEIGHTS-${file.slice(0, 12)}\\.safetensors`));
    assert.doesNotMatch(await panel(page), /The choice has changed/);
  }));

  test('a model that was not trained in steps is refused with a sentence', () => withPage('#tool=train&m=fashion-pca-2d', async (explorer, page) => {
    await says(page, /Training cannot go on from the model that is shown/);
    assert.equal((await page.evaluate(() => window.loom.pressable('train from'))).width, 0);
  }));

  test('a fork keeps the run so far, and both are compared', () => withPage('#tool=train&train=digits,tiny,2,vae,e1,n1000', async (explorer, page) => {
    await press(explorer, 'train start');
    await phase(page, 'finished');
    const before = await page.evaluate(() => window.loom.encoded(3));
    await press(explorer, 'train mission 1'); // beta 50
    await press(explorer, 'train data 1');
    await press(explorer, 'train more');
    await press(explorer, 'train epochs up');
    await press(explorer, 'train keep 0');
    await phase(page, 'running');
    await phase(page, 'finished');
    assert.equal(await explorer.model(), 'trained-here');
    assert.notDeepEqual(await page.evaluate(() => window.loom.encoded(3)), before);
    await page.evaluate(() => { location.hash = location.hash.replace('tool=train', 'tool=compare&with=trained-here-1'); });
    await says(page, /Trained here 1/);
    await press(explorer, 'model');
    await explorer.settled();
    const {models} = JSON.parse(await page.evaluate(() => JSON.stringify({models: [...document.querySelectorAll('#controls select option')].map(({textContent}) => textContent)})));
    assert.ok(models.some((title) => /Trained here 1/.test(title)), models.join());
  }));

  const toys = () => {
    const files = {'toys/notes.txt': Buffer.from('Dear friend'), 'toys/level/broken.png': Buffer.from('no image')};
    for (let n = 0; n < 30; n++) {
      files[`toys/upright/${n}.png`] = picture(28, 0, n);
      files[`toys/level/${n}.png`] = picture(50, 1, n);
    }
    return files;
  };

  test('a zip of PNG files becomes the data, and is trained on', () => withPage('#train=fashion,tiny,2,vae,e2', async (explorer, page) => {
    await drop(page, {'toys.zip': zipOf(toys())});
    await until(async () => (await linked(explorer)) === 'own,tiny,2,vae,e2', 'the choice', SLOW);
    await says(page, /60 images from toys, in 2 classes\. 2 files were left out.*(notes\.txt, broken\.png|broken\.png, notes\.txt)/);
    await press(explorer, 'train start');
    await phase(page, 'finished');
    const trained = await load(await saved(explorer, page, 'train save 0'));
    assert.deepEqual(trained.info.classNames, ['level', 'upright']);
    assert.deepEqual([trained.info.height, trained.info.width], [28, 28]);
  }));

  test('a pair of IDX files, of another size', () => withPage('#tool=train&train=fashion,tiny,2,vae,e1', async (explorer, page) => {
    const count = 40, pixels = Array.from({length: count * 12 * 10}, (_, n) => (n * 37) % 256);
    await drop(page, {'my-images.idx': idx([count, 12, 10], pixels), 'my-labels.idx': idx([count], Array.from({length: count}, (_, n) => n % 3))});
    await says(page, /40 images from my-images\.idx, in 3 classes\./);
    await press(explorer, 'train start');
    await phase(page, 'finished');
    assert.deepEqual((await explorer.shown()).height, 12);
  }));

  test('a folder, as a drop gives it', () => withPage('#tool=train', async (explorer, page) => {
    const paths = await page.evaluate(async () => {
      const {filesBelow} = await import('./own_images.js');
      const file = (fullPath) => ({isFile: true, fullPath, file: (done) => done(new File(['x'], fullPath))});
      const folder = (children) => {
        const parts = [children, []];
        return {isDirectory: true, createReader: () => ({readEntries: (done) => done(parts.shift())})};
      };
      const found = await filesBelow([folder([folder([file('/toys/cat/1.png')]), file('/toys/2.png')])]);
      return Promise.all(found.map(async ({path, file: get}) => `${path} ${(await get()).size}`));
    });
    assert.deepEqual(paths.sort(), ['toys/2.png 1', 'toys/cat/1.png 1']);
  }));

  for (const [what, files, words] of [
    ['a zip that unpacks to 300 MB', () => ({'bomb.zip': zipOf(Object.fromEntries(Array.from({length: 6}, (_, n) => [`${n}.png`, 50 * 2 ** 20])))}), /^bomb\.zip: unpacks to more than 256 MB/],
    ['a zip that is none', () => ({'fake.zip': Buffer.from('PKnot really a zip file at all')}), /^fake\.zip: is not a zip file/],
    ['a zip that is cut short', () => ({'cut.zip': zipOf(toys()).subarray(0, 900)}), /^cut\.zip: the list of its files is missing/],
    ['a zip without images', () => ({'letters.zip': zipOf({'a.txt': Buffer.from('a')})}), /^There is no image among these files/],
    ['too few images', () => ({'few.zip': zipOf({'few/a.png': picture(28, 0, 1)})}), /^few: has one image that can be read; at least 20 are needed/],
    ['labels of another number', () => ({'a.idx': idx([30, 4, 4], new Uint8Array(480)), 'b.idx': idx([29], new Uint8Array(29))}), /^b\.idx: has 29 labels for 30 images/],
    ['images that are too large', () => ({'a.idx': idx([30, 65, 4], new Uint8Array(30 * 260)), 'b.idx': idx([30], new Uint8Array(30))}), /^a\.idx: its images are 65 × 4 pixels/],
  ])
    test(`${what}: a sentence, and the choice stays`, () => withPage('#tool=train&train=digits,tiny,2,vae', async (explorer, page) => {
      await drop(page, files());
      assert.match(await until(() => explorer.message(), 'a message', SLOW), words);
      assert.equal(await linked(explorer), 'digits,tiny,2,vae');
    }));
});
