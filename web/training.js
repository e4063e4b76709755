// Training in the page or in node, by the project's own trainer compiled to WebAssembly: in a worker where one can be had,
// else in short slices between other work. loom.d.ts has the types and describes each.
//
//   const training = await createTraining({pixels, labels, shape: [28, 28], settings: {recipe: 'mnist-vae-2d'}}, {onEpoch: show});
//   await training.start();
//   const bytes = await training.model();  // a weight file, as `loom train` writes it
import {download, downloadModule} from './download.js';

const SCRIPT = 'training.js';
const WORKER = new URL('training_worker.js', import.meta.url);
const WASM = new URL('@loom-train.wasm@', import.meta.url);
const WASM_EXPECTED = {name: 'loom-train.wasm', bytes: +'@loom-train.wasm#bytes@', sha256: '@loom-train.wasm#sha256@'};
const MAIN_SLICE = 8; // ms: two thirds of a frame remain for others
const READY_TIMEOUT = 10000; // ms until a worker that says nothing is given up

const isNode = typeof process === 'object' && WASM.protocol === 'file:';

let compiled;

// The module, compiled once for all runs. After a failure the next call tries again.
function compile(own) {
  compiled ??= (async () => {
    if (own) return WebAssembly.compile(await own);
    if (!isNode) return downloadModule(WASM, WASM_EXPECTED);
    const {readFile} = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
    return WebAssembly.compile(await readFile(WASM));
  })().catch((error) => {
    compiled = undefined;
    throw new Error(`${SCRIPT}: the WebAssembly module does not start: ${error.message}`, {cause: error});
  });
  return compiled;
}

// A worker that has said that it is ready. Browsers refuse one in three ways: an exception, an error event, silence.
function readyWorker(url) {
  const worker = new Worker(url);
  return new Promise((done, failed) => {
    const giveUp = () => {
      worker.terminate();
      failed(new Error('the browser starts no worker'));
    };
    const timer = setTimeout(giveUp, READY_TIMEOUT);
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      giveUp();
    };
    worker.onmessage = () => {
      clearTimeout(timer);
      worker.onerror = null;
      done(worker);
    };
  });
}

// In a sandboxed frame only a worker from a blob: URL starts.
async function blobWorker() {
  const url = URL.createObjectURL(new Blob([await download(WORKER, {name: 'training_worker.js'})], {type: 'text/javascript'}));
  try {
    return await readyWorker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function onThisThread() {
  await import('./training_worker.js');
  const {port1, port2} = new MessageChannel();
  globalThis.serveTraining(port2, MAIN_SLICE);
  port2.unref?.(); // of node
  return port1;
}

// [port, where the training runs]. `wanted` is 'auto', 'worker' or 'page'.
async function connect(wanted) {
  if (wanted !== 'page' && typeof Worker === 'function') {
    // In a sandboxed frame and in a page from the disk browsers refuse a worker from another file, and complain.
    for (const start of globalThis.origin === 'null' ? [blobWorker] : [() => readyWorker(WORKER), blobWorker]) {
      try {
        return [await start(), 'worker'];
      } catch (error) {
        console.debug?.(`${SCRIPT}: ${error.message}`); // the next way may work
      }
    }
  }
  if (wanted === 'worker') throw new Error(`${SCRIPT}: no worker can be had here`);
  return [await onThisThread(), 'page'];
}

// Bytes for the module: a copy, which is then handed over.
function copyOf(value, what, optional) {
  if (value === undefined || value === null) {
    if (optional) return null;
    throw new TypeError(`${SCRIPT}: ${what} is missing`);
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (ArrayBuffer.isView(value) && value.BYTES_PER_ELEMENT === 1) return new Uint8Array(value.buffer, value.byteOffset, value.length).slice();
  if (Array.isArray(value) && value.every((entry) => Number.isInteger(entry) && entry >= 0 && entry <= 255)) return Uint8Array.from(value);
  throw new TypeError(`${SCRIPT}: ${what} is ${value?.constructor?.name ?? typeof value}, wanted bytes (0 to 255)`);
}

function imageNumbers(images) {
  if (images === undefined) return [];
  const numbers = Int32Array.from(images);
  if (!Array.from(images).every((image, n) => image === numbers[n])) throw new TypeError(`${SCRIPT}: images are numbers of images, whole numbers`);
  return [numbers];
}

class Training {
  #port;
  #calls = new Map();
  #last = 0;
  #options;
  #closed = false;

  constructor(port, options) {
    this.#port = port;
    this.#options = options;
    port.onmessage = ({data}) => this.#receive(data);
    port.onerror = (event) => this.#failAll(new Error(`${SCRIPT}: the worker has stopped: ${event.message ?? 'unknown reason'}`));
  }

  #receive({id, event, result, error, ...rest}) {
    if (event === 'progress' || event === 'epoch') {
      this.progress = rest.progress;
      this.#options[event === 'progress' ? 'onProgress' : 'onEpoch']?.(event === 'progress' ? rest.progress : rest);
      return;
    }
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    if (!this.#calls.size) this.#port.unref?.(); // node may end when nothing is awaited
    if (error !== undefined) call.failed(new Error(error));
    else call.done(result);
  }

  #failAll(error) {
    for (const {failed} of this.#calls.values()) failed(error);
    this.#calls.clear();
  }

  #call(call, ...args) {
    if (this.#closed) return Promise.reject(new Error(`${SCRIPT}: this training is closed`));
    return new Promise((done, failed) => {
      const id = ++this.#last;
      this.#calls.set(id, {done, failed});
      this.#port.ref?.();
      this.#port.postMessage({id, call, args});
    });
  }

  async open(data, where) {
    const {description, progress} = await this.#call('open', data);
    this.where = where;
    this.info = Object.freeze(description);
    this.progress = progress;
  }

  start() { return this.#call('run'); }
  step(steps = 1) {
    if (!Number.isInteger(steps) || steps < 1) return Promise.reject(new RangeError(`${SCRIPT}: step of ${steps}, wanted a whole number from 1 on`));
    return this.#call('run', {steps});
  }
  epoch() { return this.#call('run', {epoch: true}); }
  pause() { return this.#call('pause'); }
  setBeta(beta) { return this.#call('change', 'beta', Number(beta)); }
  setLearningRate(rate) { return this.#call('change', 'learning_rate', Number(rate)); }
  async codes(images) { return this.#call('codes', ...imageNumbers(images)); }
  async reconstruct(images) { return this.#call('reconstruct', ...imageNumbers(images ?? [])); }
  history() { return this.#call('history'); }
  model({f32 = false, encoded = true} = {}) { return this.#call('model', f32, encoded); }
  card(name = 'model.safetensors', {f32 = false, encoded = true} = {}) { return this.#call('card', name, f32, encoded); }
  command(name = 'model.safetensors', {f32 = false} = {}) { return this.#call('command', name, f32); }
  replay(name = 'model') { return this.#call('replay', name); }
  state() { return this.#call('state'); }

  // Ends the run. What waits for an answer gets an error.
  async close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.postMessage({id: 0, call: 'close', args: []});
    this.#port.terminate?.();
    this.#failAll(new Error(`${SCRIPT}: this training is closed`));
  }
}

export async function createTraining({pixels, labels, shape, classNames = [], settings = {}, weights, state, wasm, worker = 'auto'}, options = {}) {
  const [height, width] = Array.isArray(shape) ? shape : [];
  if (!(Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0))
    throw new TypeError(`${SCRIPT}: shape is ${JSON.stringify(shape)}, wanted [height, width]`);
  const data = {height, width, classNames: Array.from(classNames, String), settings, codesEachEpoch: Boolean(options.codesEachEpoch),
    pixels: copyOf(pixels, 'pixels'), labels: copyOf(labels, 'labels', true), weights: copyOf(weights, 'weights', true), state: copyOf(state, 'state', true)};
  const [module, [port, where]] = await Promise.all([compile(wasm), connect(worker)]);
  const training = new Training(port, options);
  try {
    await training.open({module, ...data}, where);
  } catch (error) {
    await training.close();
    throw error;
  }
  return training;
}
