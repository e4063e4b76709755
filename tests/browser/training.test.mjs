// web/training.js in node: the same bytes as `loom train --portable`, and everything that a page asks of a run. Workers are
// node's, dressed as a browser's.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import vm from 'node:vm';
import {Worker as NodeWorker} from 'node:worker_threads';
import {dist, manifest} from './help/server.mjs';
import {COUNT, SIDE, pictures, runNatively, writeIdx} from './help/training_images.mjs';

const {createTraining} = await import(pathToFileURL(join(dist, 'training.js')));
const {load, train} = await import(pathToFileURL(join(dist, 'loom.js')));
const data = pictures();

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'loom-training-'));
  writeIdx(folder, data);
});
after(() => rmSync(folder, {recursive: true}));

const open = (settings, options, more) => createTraining({...data, settings, ...more}, options);
const base = {epochs: 1, batch_size: 60, warmup_steps: 5, seed: 3};

describe('the same bytes as loom train --portable', () => {
  const cases = {
    'dense VAE': {recipe: 'fashion-dense-vae-2d', hidden: [48, 20]},
    'dense AE': {recipe: 'fashion-deep-ae-18d', hidden: [40], latent_dim: 3},
    'conv VAE': {recipe: 'fashion-conv-vae-2d', channels: [8, 12, 6], hidden: [20], decoder_hidden: [17], first: 333, batch_size: 41},
    'conv AE': {recipe: 'fashion-conv-ae-2d', channels: [6, 8]},
    'Fourier features, continuous Bernoulli, noise': {recipe: 'fashion-sharp-vae-2d', hidden: [30], decoder_hidden: [30], fourier_features: 10,
      likelihood: 'continuous_bernoulli', corruption: 'gaussian', corruption_level: 0.2, activation: 'silu'},
    'SSIM, AdamW, ten dimensions': {recipe: 'fashion-ssim-ae-2d', channels: [4, 4], hidden: [9], optimizer: 'adamw', weight_decay: 0.01, latent_dim: 10},
    'the last batch is one image': {recipe: 'mnist-vae-2d', hidden: [21], first: 101, batch_size: 10, validation_images: 0, activation: 'tanh', epochs: 3},
  };
  Object.entries(cases).forEach(([name, settings], number) => test(name, async () => {
    const training = await open({...base, ...settings});
    await training.start();
    const file = `case${number}.safetensors`, bytes = await training.model({f32: true, encoded: false});
    const native = runNatively(folder, await training.command(file, {f32: true}), file, 1 + number % 4);
    assert.ok(Buffer.compare(native, bytes) === 0, 'the weight files differ');
    await training.close();
  }));
});

describe('a run', () => {
  test('start, pause, step, epoch, codes, reconstructions, card; the model opens', async () => {
    const seen = {progress: 0, epochs: []};
    const training = await open({...base, recipe: 'mnist-vae-2d', hidden: [16], epochs: 3},
      {onProgress() { seen.progress++; }, onEpoch(epoch) { seen.epochs.push(epoch); }, codesEachEpoch: true}, {classNames: ['ring', 'bar', 'post', 'box']});
    assert.equal(training.where, 'page');
    assert.deepEqual([training.info.images, training.info.latent_dim, training.info.dataset], [COUNT, 2, 'custom']);
    assert.equal((await training.step(2)).step, 2);
    assert.equal((await training.epoch()).epoch, 1);
    const running = training.start(), paused = await training.pause();
    assert.equal(paused.running, false);
    await running;
    await assert.rejects(training.step(0), /wanted a whole number from 1 on/);
    assert.equal((await training.start()).finished, true);
    assert.equal(training.progress.step, training.progress.steps);
    assert.ok(seen.progress > 0);
    assert.deepEqual(seen.epochs.map(({epoch}) => epoch.epoch), [1, 2, 3]);
    const now = await training.codes();
    assert.deepEqual(seen.epochs[2].codes, now);
    assert.equal(now.mu.length, 2 * COUNT);
    const bytes = await training.model({f32: true});
    const model = await load(bytes, {name: 'mine'});
    const {mu} = model.encode(Float32Array.from(data.pixels.subarray(0, 3 * SIDE * SIDE), (grey) => grey / 255));
    const chosen = await training.codes([0, 1, 2]);
    mu.forEach((value, n) => assert.ok(Math.abs(value - chosen.mu[n]) < 1e-5));
    const decoded = model.decode(chosen.mu), shown = await training.reconstruct([0, 1, 2]);
    decoded.forEach((value, n) => assert.ok(Math.abs(value - shown[n]) < 1e-5));
    assert.deepEqual(model.info.classNames, ['ring', 'bar', 'post', 'box']);
    assert.equal(model.info.encodedCount, 70);
    const history = await training.history();
    assert.ok(history.epochs[2].validation.negative_elbo < history.epochs[0].validation.negative_elbo);
    assert.ok(history.entropy_floor > 0 && history.epochs[2].training.reconstruction > history.entropy_floor);
    assert.match(await training.card('mine.safetensors'), /^# mine\n[^]*loom train mnist-vae-2d --data DIR --out mine\.safetensors [^\n]*--portable\n/);
    await training.close();
    await assert.rejects(training.step(), /is closed/);
  });

  test('a state goes on to the same bytes, also in the native program; a change of beta tells', async () => {
    const settings = {...base, recipe: 'fashion-conv-vae-2d', channels: [4, 6], hidden: [8], epochs: 2};
    const whole = await open(settings), first = await open(settings);
    await whole.start();
    await first.step(13);
    const state = await first.state();
    const second = await open(undefined, {}, {state});
    await second.start();
    assert.deepEqual(await second.model(), await whole.model());
    const file = 'resumed.safetensors', words = (await whole.command(file, {f32: true})).split(' ');
    writeFileSync(join(folder, `${file}.resume`), state);
    assert.ok(Buffer.compare(runNatively(folder, [...words, '--resume'].join(' '), file, 2), await whole.model({f32: true, encoded: false})) === 0);
    await first.setBeta(4);
    await first.start();
    assert.notDeepEqual(await first.model(), await whole.model());
    assert.match(await first.command(), /^# Settings were changed during the run.* after step 13 beta 4\.\nloom train /);
    assert.deepEqual((await first.history()).changes, [{step: 13, beta: 4}]);
    const on = await open({epochs: 1}, {}, {weights: await whole.model()});
    assert.deepEqual(on.info.settings.channels, [4, 6]);
    await on.step();
    for (const training of [whole, first, second, on]) await training.close();
  });

  test('a number that is not finite: a sentence, and the last good state stays', async () => {
    const training = await open({recipe: 'mnist-vae-2d', hidden: [16], learning_rate: 10, clip_norm: 0, warmup_steps: 0, optimizer: 'sgd', momentum: 0.99});
    await assert.rejects(training.start(), /is not finite at step \d+ \(epoch \d+\); a smaller learning rate/);
    assert.equal(training.progress.running, false);
    await load(await training.model({f32: true}));
    await training.close();
  });

  // The history grows with every epoch. Read at each, it took most of the time of a run of many short epochs.
  test('an epoch is told without reading those before', async () => {
    const {instantiate} = WebAssembly, asked = {};
    WebAssembly.instantiate = async (...args) => {
      const {exports} = await instantiate(...args);
      const counted = Object.entries(exports).map(([name, value]) => [name, typeof value !== 'function' ? value : (...given) => {
        asked[name] = (asked[name] ?? 0) + 1;
        return value(...given);
      }]);
      return {exports: Object.fromEntries(counted)};
    };
    try {
      const epochs = [];
      const training = await open({...base, recipe: 'mnist-vae-2d', hidden: [8], epochs: 3}, {onEpoch({epoch}) { epochs.push(epoch); }});
      await training.start();
      assert.equal(asked.training_last_epoch, 3);
      assert.equal(asked.training_history, undefined);
      assert.deepEqual(epochs, (await training.history()).epochs);
      await training.close();
    } finally {
      WebAssembly.instantiate = instantiate;
    }
  });

  test('errors', async () => {
    await assert.rejects(createTraining({...data, shape: 28}), /shape is 28, wanted \[height, width\]/);
    await assert.rejects(createTraining({...data, pixels: new Float32Array(784)}), /pixels is Float32Array, wanted bytes/);
    await assert.rejects(createTraining({...data, pixels: data.pixels.subarray(1)}), /548799 pixels, expected a multiple of 784/);
    await assert.rejects(open({hidden: 'wide'}), /settings: hidden: found string, expected array/);
    await assert.rejects(open({}, {}, {weights: new Uint8Array(100)}), /^Error: weights: /);
    await assert.rejects(open({}, {}, {state: new Uint8Array(100)}), /^Error: state: /);
    const training = await open({recipe: 'mnist-vae-2d', hidden: [8]});
    await assert.rejects(training.codes([COUNT]), /there is no image 700, the data set has 0 to 699/);
    await assert.rejects(training.setBeta(-1), /beta is -1, expected 0 to 1000000/);
    await training.close();
  });

  test('train() of loom.js', async () => {
    const result = await train({...data, classNames: ['a', 'b', 'c', 'd']}, {...base, recipe: 'mnist-vae-2d', hidden: [16]});
    assert.equal(result.model.info.latentDim, 2);
    assert.equal(result.history.epochs.length, 1);
    assert.match(result.command, /^loom train mnist-vae-2d /);
    result.model.close();
  });
});

// A browser's Worker, made of node's: the script is a classic one, it sees WorkerGlobalScope, postMessage and onmessage.
class BrowserWorker {
  static made = [];
  constructor(url) {
    BrowserWorker.made.push(String(url));
    const start = `const {parentPort} = require('node:worker_threads');
      globalThis.WorkerGlobalScope = function () {};
      Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype);
      globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
      parentPort.on('message', (data) => globalThis.onmessage({data}));
      require('node:vm').runInThisContext(require('node:fs').readFileSync(${JSON.stringify(join(dist, 'training_worker.js'))}, 'utf8'));`;
    this.worker = new NodeWorker(start, {eval: true});
    this.worker.on('message', (data) => this.onmessage?.({data}));
    this.worker.on('error', (error) => this.onerror?.({message: error.message, preventDefault() {}}));
  }
  postMessage(message) { this.worker.postMessage(message); }
  terminate() { this.worker.terminate(); }
}

describe('in a worker', () => {
  after(() => { delete globalThis.Worker; });

  test('gives the bytes that the page\'s own thread gives, and answers while it trains', async () => {
    const settings = {...base, recipe: 'mnist-vae-2d', hidden: [64], epochs: 4};
    const here = await open(settings);
    await here.start();
    globalThis.Worker = BrowserWorker;
    const there = await open(settings);
    assert.equal(there.where, 'worker');
    const running = there.start();
    assert.equal((await there.history()).images, COUNT - 70);
    await there.pause();
    await running;
    await there.start();
    assert.deepEqual(await there.model(), await here.model());
    await there.close();
    await here.close();
  });

  test('where the browser refuses: an exception, an error event', async () => {
    globalThis.Worker = class { constructor() { throw new Error('SecurityError'); } };
    const page = await open({...base, recipe: 'mnist-vae-2d', hidden: [8]});
    assert.equal(page.where, 'page');
    await page.close();
    globalThis.Worker = class {
      constructor() { setTimeout(() => this.onerror({preventDefault() {}})); }
      terminate() {}
    };
    await assert.rejects(open({...base}, {}, {worker: 'worker'}), /no worker can be had here/);
  });
});

describe('what is shipped', () => {
  test('the module stands alone, and nobody fetches it before training', () => {
    const module = new WebAssembly.Module(readFileSync(join(dist, manifest().files['loom-train.wasm'].path)));
    for (const {name} of WebAssembly.Module.imports(module)) assert.match(name, /^(emscripten_notify_memory_growth|clock_time_get|fd_\w+|proc_exit|environ_\w+)$/);
    assert.ok(manifest().files['loom-train.wasm'].bytes < 500_000);
    assert.ok(!readFileSync(join(dist, 'index.html'), 'utf8').includes('loom-train'));
    assert.ok(!readFileSync(join(dist, 'sw.js'), 'utf8').includes('loom-train'));
    new vm.Script(readFileSync(join(dist, 'training_worker.js'), 'utf8')); // a classic script
    for (const page of ['index.html', 'embed.html']) assert.match(readFileSync(join(dist, page), 'utf8'), /; worker-src 'self' blob:;/);
  });
});
