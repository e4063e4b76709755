// web/loom.js, the module for other pages, in node and in Chromium, compared with the native program and the C++
// library.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {shareOrLaunch} from './help/explorer.mjs';
import {TOLERANCE, decodeNatively, largestDifference} from './help/pictures.mjs';
import {dist, distFile, manifest, root, serveDist} from './help/server.mjs';
import {damaged} from './help/weights.mjs';

const {models, files} = manifest();
const flagship = models[0], plain = models.find(({name}) => name.includes('-ae-')), deep = models.find(({name}) => name.endsWith('-10d'));
const {load} = await import(pathToFileURL(join(dist, 'loom.js')));
const open = (model) => load(pathToFileURL(join(dist, model.path)));
const LOOM = process.env.LOOM ?? join(root, 'build/release/loom');

describe('loom.js in node', () => {
  test('info is the content of the file', async () => {
    const {info} = await open(flagship);
    assert.equal(info.name, flagship.path.split('/').pop());
    assert.deepEqual([info.latentDim, info.height, info.width, info.variational, info.classNames.length, info.encodedCount],
      [2, 28, 28, true, 10, 10000]);
    assert.equal(info.model.latent_dim, 2);
    assert.ok(info.provenance.recipe);
    assert.throws(() => { info.latentDim = 3; }, TypeError);
    assert.throws(() => { info.model.image.height = 3; }, TypeError);
  });

  test('decode: one point, many in every form, with a given output array; equals the native program, beyond one batch', async () => {
    for (const model of [flagship, deep]) {
      const opened = await open(model), {latentDim, height, width} = opened.info;
      const points = Array.from({length: 600}, (_, n) => Array.from({length: latentDim}, (_, d) => Math.sin(n * 1.7 + d * 0.9) * 2));
      const native = decodeNatively(model.name, points), many = opened.decode(points);
      native.forEach((picture, n) => {
        const difference = largestDifference(many.subarray(n * height * width, (n + 1) * height * width), picture);
        assert.ok(difference <= TOLERANCE, `point ${n} differs by ${difference}`);
      });
      const flat = Float64Array.from(points.flat()), out = new Float32Array(many.length);
      assert.equal(opened.decode(flat, out), out);
      assert.deepEqual(out, many);
      assert.ok(largestDifference(opened.decode(points[7]), native[7]) <= TOLERANCE);
      assert.equal(opened.decode([]).length, 0);
      opened.close();
    }
  });

  test('encode and reconstruct: mu of a decoded point is near the point, and the terms add up', async () => {
    const model = await open(flagship), {mu: all, labels} = model.encoded();
    assert.equal(all.length, 20000);
    assert.equal(labels.length, 10000);
    const z = all.subarray(0, 2), picture = model.decode(z), {mu, logvar} = model.encode(picture);
    assert.ok(Math.hypot(mu[0] - z[0], mu[1] - z[1]) < 1, `${z} comes back as ${mu}`);
    assert.equal(logvar.length, 2);
    const many = model.encode(Array.from({length: 300}, () => picture));
    assert.ok(largestDifference(many.mu.slice(598), mu) < 1e-5, 'a picture among many has another code');
    const [result] = model.analyse({pictures: picture});
    assert.deepEqual(result.mu, mu);
    assert.deepEqual(result.decoded, model.decode(mu));
    assert.equal(result.negativeElbo, result.reconstruction + result.kl);
    assert.ok(result.floor > 0 && result.excess >= 0 && Math.abs(result.reconstruction - result.floor - result.excess) < 1e-9);
    const squared = picture.reduce((sum, x, i) => sum + (x - result.decoded[i]) ** 2, 0) / picture.length;
    assert.ok(Math.abs(squared - result.squaredError) < 1e-6);
    const cross = picture.reduce((sum, x, i) => sum - x * Math.log(result.decoded[i]) - (1 - x) * Math.log(1 - result.decoded[i]), 0);
    assert.ok(Math.abs(cross - result.reconstruction) < 0.05, `${cross} and ${result.reconstruction}`);
    const kl = mu.reduce((sum, m, d) => sum + (m * m + Math.exp(logvar[d]) - 1 - logvar[d]) / 2, 0);
    assert.ok(Math.abs(kl - result.kl) < 1e-4);
    model.close();
  });

  test('analyse: density, classes and holes are those of the test set in the file', async () => {
    const model = await open(flagship), {mu, logvar, labels} = model.encoded();
    const points = [[0, 0], [0.3, -1.2], [2.5, 2.5], [9, -9]], places = model.analyse({z: points});
    points.forEach(([a, b], n) => {
      const byClass = new Array(10).fill(0);
      for (let i = 0; i < labels.length; i++) {
        const [v, w] = [Math.exp(logvar[2 * i]), Math.exp(logvar[2 * i + 1])];
        byClass[labels[i]] += Math.exp(-((a - mu[2 * i]) ** 2 / v + (b - mu[2 * i + 1]) ** 2 / w) / 2) / (2 * Math.PI * Math.sqrt(v * w) * labels.length);
      }
      const density = byClass.reduce((sum, part) => sum + part, 0), place = places[n];
      assert.ok(Math.abs(place.density - density) <= 1e-4 * density + 1e-7, `${place.density} and ${density} at ${points[n]}`);
      assert.ok(Math.abs(place.prior - Math.exp(-(a * a + b * b) / 2) / (2 * Math.PI)) < 1e-7);
      assert.equal(place.hole, place.density < place.prior / 10);
      assert.equal(place.logDensity, Math.log(place.density));
      if (place.density > 1e-6) place.shares.forEach((share, c) => assert.ok(Math.abs(share - byClass[c] / density) < 1e-3));
    });
    assert.equal(places[3].logDensity, -Infinity);
    assert.ok(places[0].typicalDensity > 0);
    model.close();
  });

  test('decoder only: the same images, and an error for calls that need the rest of the file', async () => {
    const whole = await open(flagship), points = Array.from({length: 50}, (_, n) => [Math.sin(n), Math.cos(1.7 * n)]);
    const bytes = distFile(flagship.path), start = bytes.subarray(0, flagship.start_bytes);
    for (const source of [pathToFileURL(join(dist, flagship.path)), bytes, start]) {
      const model = await load(source, {part: 'decoder', name: 'mine'});
      assert.deepEqual(model.decode(points), whole.decode(points));
      assert.equal(model.info.encodedCount, 0);
      for (const ask of [() => model.encode(model.decode([0, 0])), () => model.encoded(), () => model.analyse({z: [0, 0]})])
        assert.throws(ask, /^Error: mine: only its decoder was loaded/);
      model.close();
    }
    await assert.rejects(load(start.subarray(0, start.length - 1), {part: 'decoder', name: 'mine'}), /^Error: mine: /);
    await assert.rejects(load(bytes, {part: 'encoder', name: 'mine'}), /part is encoder/);
    for (const [what, broken] of Object.entries(damaged(bytes)))
      if (!/half|bit/.test(what))
        await assert.rejects(load(broken, {part: 'decoder', name: 'mine'}), (error) => /^mine: /.test(error.message) || assert.fail(`${what}: ${error.message}`));
    whole.close();
  });

  test('a plain autoencoder: no logvar, no KL, no holes', async () => {
    const model = await open(plain);
    assert.equal(model.info.variational, false);
    const {mu, logvar} = model.encode(model.decode([0.1, 0.1]));
    assert.equal(logvar, null);
    assert.equal(model.encoded().logvar, null);
    assert.equal(model.analyse({pictures: model.decode(mu)})[0].kl, 0);
    assert.equal(model.analyse({z: [50, 50]})[0].hole, false);
    model.close();
  });

  test('errors name file, item, found and expected', async () => {
    const model = await open(flagship), file = model.info.name;
    const throws = (run, ...words) => assert.throws(run, (error) => words.every((word) => error.message.includes(word)) || assert.fail(error.message));
    throws(() => model.decode([1, 2, 3]), file, 'z has 3 numbers', 'multiple of 2');
    throws(() => model.decode([[1, 2], [3]]), file, 'z[1] has 1 numbers', 'wanted 2');
    throws(() => model.decode([[1, 2], [3, NaN]]), file, 'NaN at row 1, number 1');
    throws(() => model.decode(undefined), file, 'z is undefined');
    throws(() => model.decode([1, 2], new Float32Array(3)), file, 'Float32Array of 3', '784');
    throws(() => model.encode(new Float32Array(10)), file, 'pictures has 10 numbers', '784');
    throws(() => model.analyse(), file, 'analyse');
    throws(() => model.analyse({z: [0, 0], pictures: []}), file, 'one of the two');
    model.close();
    model.close();
    throws(() => model.decode([0, 0]), file, 'closed');
    for (const [what, bytes] of Object.entries(damaged(distFile(flagship.path))))
      await assert.rejects(load(bytes, {name: 'mine.safetensors'}), (error) => /^mine\.safetensors: /.test(error.message) || assert.fail(`${what}: ${error.message}`));
    await assert.rejects(load(new Uint8Array(10), {maxBytes: 5}), /10 bytes, at most 5/);
    await assert.rejects(load(42), /wants an address/);
    await assert.rejects(load(new Blob([new Uint8Array(20)]), {maxBytes: 5}), /20 bytes, at most 5/);
  });

  test('a file of 3 GB is refused before it is read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loom-large-')), path = join(folder, 'large.safetensors');
    try {
      writeFileSync(path, '');
      truncateSync(path, 3 * 2 ** 30);
      await assert.rejects(load(pathToFileURL(path)), {name: 'RangeError', message: 'large.safetensors: has 3221225472 bytes, at most 67108864 are read'});
    } finally {
      rmSync(folder, {recursive: true});
    }
  });

  test('loads bytes, a view into a larger buffer and a Blob; opening and closing 200 times needs no more memory', async () => {
    const small = models.reduce((least, model) => model.bytes < least.bytes ? model : least);
    const bytes = distFile(small.path), shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const expected = (await open(small)).decode([0.5, 0.5]);
    for (const source of [bytes, shifted.subarray(3), new Blob([bytes]), Uint8Array.from(bytes).buffer])
      assert.deepEqual((await load(source)).decode([0.5, 0.5]), expected);
    for (let i = 0; i < 200; i++) {
      const model = await load(bytes);
      model.analyse({z: [0, 0]});
      model.close();
    }
  });

  test('the module and its scripts have at most 58.6 kB with brotli', (t) => {
    const parts = [files['loom-core.wasm'].path, files['loom-core.js'].path, 'loom.js', 'download.js'].map((path) => join(dist, `${path}.br`));
    assert.ok(parts.every(existsSync), 'dist was made without brotli');
    const size = parts.reduce((sum, path) => sum + statSync(path).size, 0);
    t.diagnostic(`${size} bytes`);
    assert.ok(size <= 58600, `${size} bytes`);
  });

  test('info.model equals the output of `loom info --json`', {skip: !existsSync(LOOM) && 'loom is not built'}, async () => {
    const {status, stdout} = spawnSync(LOOM, ['info', join(dist, flagship.path), '--json']);
    assert.equal(status, 0);
    const native = JSON.parse(`${stdout}`), model = await open(flagship);
    assert.deepEqual(JSON.parse(JSON.stringify(model.info.model)), native.model);
    assert.deepEqual(JSON.parse(JSON.stringify(model.info.provenance)), native.provenance);
    model.close();
  });
});

describe('loom.js in Chromium', () => {
  let browser, server, page;
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  before(async () => {
    const body = `<!doctype html><link rel="icon" href="data:,"><meta http-equiv="Content-Security-Policy" content="${policy}; img-src data:"><p>Somebody else's page`;
    [browser, server] = await Promise.all([shareOrLaunch(), serveDist({prefix: '/far/away/', answers: {'lesson/page.html': {type: 'text/html', body}}})]);
    page = await browser.newPage();
    await page.goto(`${server.url}lesson/page.html`);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  test('under a strict Content-Security-Policy: addresses are relative to the page, progress is reported, numbers equal the native ones', async () => {
    const shown = await page.evaluate(async (path) => {
      const {load: open} = await import('../loom.js'), told = [];
      const model = await open(`../${path}`, {onProgress: (come) => told.push(come)});
      return {told, name: model.info.name, pixels: Array.from(model.decode([0.3, -1.2])), holes: model.analyse({z: [[0, 0], [2.9, -2.9]]}).map(({hole}) => hole)};
    }, flagship.path);
    assert.equal(shown.name, flagship.path.split('/').pop());
    assert.equal(shown.told.at(-1), flagship.bytes);
    assert.ok(largestDifference(shown.pixels, decodeNatively(flagship.name, [[0.3, -1.2]])[0]) <= TOLERANCE);
  });

  for (const [what, answer, words] of [
    ['missing', {status: 404, body: 'no'}, /not-there\.safetensors: the server answers 404/],
    ['a log-in page', {type: 'text/html', body: '<!doctype html><p>Log in'}, /not-there\.safetensors: /],
    ['gone', {destroy: true}, /not-there\.safetensors: the server cannot be reached/]])
    test(`a weight file that is ${what}`, async () => {
      server.answers['not-there.safetensors'] = answer;
      const message = await page.evaluate(async () => (await import('../loom.js')).load('../not-there.safetensors').then(() => 'loaded', (error) => error.message));
      assert.match(message, words);
    });

  test('after a failure the module and a weight file can be loaded once the network is back', async () => {
    const fresh = await browser.newPage();
    await fresh.goto(`${server.url}lesson/page.html`);
    const look = () => fresh.evaluate(async (path) => (await import('../loom.js')).load(`../${path}`).then((model) => model.decode([0.3, -1.2]).length, (error) => error.message), flagship.path);
    for (const [path, words] of [[files['loom-core.wasm'].path, /^loom\.js: the WebAssembly module does not start: .*the server cannot be reached/], [flagship.path, /^fashion-conv-vae-2d\.[0-9a-f]{12}\.safetensors: the server cannot be reached/]]) {
      server.answers[path] = {destroy: true};
      assert.match(String(await look()), words);
      assert.match(String(await look()), words, 'a second time');
      delete server.answers[path];
    }
    assert.equal(await look(), 784);
    await fresh.close();
  });

  test('a header with a huge length is refused by the module, and not parsed again with every byte', async () => {
    const endless = Buffer.alloc(3 * 2 ** 20, 32);
    endless.writeBigUInt64LE(BigInt(2 ** 40), 0);
    server.answers['endless.safetensors'] = {body: endless, slow: 500};
    const message = await page.evaluate(async () => (await import('../loom.js')).load('../endless.safetensors', {part: 'decoder'}).then(() => 'loaded', (error) => error.message));
    assert.match(message, /^endless\.safetensors: found a header of 1099511627776 bytes, expected at most 1048576/);
  });

  test('decoder only: does not wait for the rest of the file', async () => {
    server.answers['slowly.safetensors'] = {body: distFile(flagship.path), slow: 2000};
    const shown = await page.evaluate(async () => {
      const {load: open} = await import('../loom.js'), told = [];
      const model = await open('../slowly.safetensors', {part: 'decoder', onProgress: (come) => told.push(come)});
      return {told, pixels: Array.from(model.decode([0.3, -1.2]))};
    });
    assert.ok(shown.told.at(-1) >= flagship.start_bytes && shown.told.at(-1) < flagship.bytes, `${shown.told}`);
    assert.ok(largestDifference(shown.pixels, decodeNatively(flagship.name, [[0.3, -1.2]])[0]) <= TOLERANCE);
  });

  test('sha256 and bytes are checked, with one retry', async () => {
    const look = (options) => page.evaluate(async ([path, given]) => (await import('../loom.js')).load(`../${path}`, given).then(() => 'loaded', (error) => error.message), [flagship.path, options]);
    assert.equal(await look({sha256: flagship.sha256, bytes: flagship.bytes}), 'loaded');
    const before = server.requests.filter(({path}) => path === flagship.path).length;
    assert.match(await look({sha256: '0'.repeat(64)}), /content is damaged/);
    assert.equal(server.requests.filter(({path}) => path === flagship.path).length, before + 2);
    assert.match(await look({maxBytes: 1000}), /more than 1000 bytes/);
  });
});
