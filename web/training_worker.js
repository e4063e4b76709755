// Trains in slices, beside the page: the module loom-train and the loop that drives it. training.js starts this file as
// a classic worker, because module workers cannot be made from blob: URLs in sandboxed frames, and imports it as a module
// where no worker can be had; it must be valid as both.
//
// A message is {id, call, args}; its answer {id, result} or {id, error}. Beside answers come {event: 'progress' | 'epoch',
// ...}. The loop never waits for a timer, which browsers slow down in hidden tabs: between two slices it lets waiting
// messages in by a turn through a MessageChannel.
'use strict';

globalThis.serveTraining = (port, sliceMilliseconds) => {
  const PROGRESS_EVERY = 250; // ms
  let wasm, running = false, watchCodes = false, stopped;

  const bytesAt = (at, length) => new Uint8Array(wasm.memory.buffer, at, length);
  function textAt(at) {
    const memory = new Uint8Array(wasm.memory.buffer);
    return new TextDecoder().decode(memory.slice(at, memory.indexOf(0, at)));
  }
  const fail = () => { throw new Error(textAt(wasm.training_error())); };
  const succeed = (result) => result || fail();
  const json = (at) => JSON.parse(textAt(succeed(at)));

  // Calls use(addresses) with copies of the values (texts and typed arrays; null stays null) in the module's memory.
  function withCopies(values, use) {
    const all = values.map((value) => typeof value === 'string' ? new TextEncoder().encode(`${value}\0`)
      : value && new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    const at = [];
    try {
      for (const value of all) {
        at.push(value ? wasm.malloc(value.length || 1) : 0);
        if (value && !at.at(-1)) throw new Error(`training: there is not enough memory for ${Math.ceil(value.length / 1e6)} MB more; a smaller network, batch or number of images needs less`);
      }
      all.forEach((value, n) => value && bytesAt(at[n], value.length).set(value));
      return use(at);
    } finally {
      at.forEach((address) => address && wasm.free(address));
    }
  }
  const numbers = (length) => new Float32Array(length);

  // WebAssembly asks for the time and says that its memory has grown; what it would print comes to nowhere.
  function importsOf(module) {
    const known = {
      emscripten_notify_memory_growth() {},
      clock_time_get(_clock, _precision, at) {
        new DataView(wasm.memory.buffer).setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true);
        return 0;
      },
    };
    const imports = {};
    for (const {module: from, name} of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = known[name] ?? (() => 52); // ENOSYS
    return imports;
  }

  function turn() {
    if (typeof setImmediate === 'function') return new Promise((done) => setImmediate(done)); // node
    return new Promise((done) => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        done();
      };
      port2.postMessage(0);
    });
  }

  const progress = () => ({...json(wasm.training_progress()), running});

  function tellEpoch() {
    const epoch = json(wasm.training_last_epoch());
    const all = watchCodes ? codes() : null;
    port.postMessage({event: 'epoch', progress: progress(), epoch, codes: all}, all ? [all.mu.buffer, ...all.logvar ? [all.logvar.buffer] : []] : []);
  }

  // Trains until `steps` steps are done (0: any number), `epoch` has ended one, the run is finished or pause() is called.
  async function run({steps = 0, epoch = false} = {}) {
    if (running) throw new Error('training: is running already; pause it first');
    running = true;
    try {
      let told = performance.now();
      for (let left = steps; running && !(steps && left <= 0);) {
        const before = json(wasm.training_progress()).step;
        const state = succeed(wasm.training_run(steps && left, sliceMilliseconds));
        const now = json(wasm.training_progress());
        left -= now.step - before;
        if (state & 2) tellEpoch();
        if (state & 4 || (epoch && state & 2)) break;
        if (performance.now() - told >= PROGRESS_EVERY) {
          told = performance.now();
          port.postMessage({event: 'progress', progress: progress()});
        }
        await turn();
      }
    } finally {
      running = false;
      stopped?.();
    }
    const last = progress();
    port.postMessage({event: 'progress', progress: last});
    return last;
  }

  async function pause() {
    if (running) await new Promise((done) => {
      stopped = done;
      running = false;
    });
    stopped = undefined;
    return progress();
  }

  let description;
  function codes(images = Int32Array.from({length: description.images}, (_, n) => n)) {
    const size = images.length * description.latent_dim, mu = numbers(size), logvar = description.variational ? numbers(size) : null;
    withCopies([images, mu, logvar], ([from, toMu, toLogvar]) => {
      succeed(wasm.training_codes(from, images.length, toMu, toLogvar));
      mu.set(new Float32Array(wasm.memory.buffer, toMu, size));
      logvar?.set(new Float32Array(wasm.memory.buffer, toLogvar, size));
    });
    return {mu, logvar};
  }

  function file(at) {
    succeed(at);
    return bytesAt(at, wasm.training_size()).slice();
  }

  const calls = {
    async open({module, pixels, labels, height, width, classNames, settings, weights, state, codesEachEpoch}) {
      const {exports} = await WebAssembly.instantiate(module, importsOf(module));
      wasm = exports;
      watchCodes = codesEachEpoch;
      wasm._initialize();
      withCopies([pixels, labels, JSON.stringify(classNames)], ([at, labelsAt, namesAt]) =>
        succeed(wasm.training_data(at, pixels.length, height, width, labelsAt, labels?.length ?? 0, namesAt)));
      if (state) withCopies([state], ([at]) => succeed(wasm.training_resume(at, state.length)));
      else withCopies([JSON.stringify(settings), weights], ([at, weightsAt]) => succeed(wasm.training_begin(at, weightsAt, weights?.length ?? 0)));
      return {description: description = json(wasm.training_description()), progress: progress()};
    },
    run, pause, progress, codes,
    change: (setting, value) => withCopies([setting], ([at]) => {
      succeed(wasm.training_change(at, value));
      return progress();
    }),
    reconstruct(images) {
      const pictures = numbers(images.length * description.height * description.width);
      withCopies([images, pictures], ([from, to]) => {
        succeed(wasm.training_reconstruct(from, images.length, to));
        pictures.set(new Float32Array(wasm.memory.buffer, to, pictures.length));
      });
      return pictures;
    },
    history: () => json(wasm.training_history()),
    command: (name, f32) => withCopies([name], ([at]) => textAt(succeed(wasm.training_command(at, +f32)))),
    card: (name, f32, encoded) => withCopies([name], ([at]) => textAt(succeed(wasm.training_card(at, +f32, +encoded)))),
    model: (f32, encoded) => file(wasm.training_model(+f32, +encoded)),
    replay: (name) => withCopies([name], ([at]) => file(wasm.training_replay(at))),
    state: () => file(wasm.training_state()),
    async close() {
      await pause();
      port.close?.();
    },
  };

  // Where even an exception needs memory that is not there, the module traps. What it holds then is not to be trusted.
  let broken = '';
  const trapped = (error) => error instanceof WebAssembly.RuntimeError || (WebAssembly.Exception && error instanceof WebAssembly.Exception);

  port.onmessage = async ({data: {id, call, args}}) => {
    try {
      if (broken && call !== 'close') throw new Error(broken);
      const result = await calls[call](...args);
      const files = ArrayBuffer.isView(result) ? [result.buffer] : [];
      if (call !== 'close') port.postMessage({id, result}, files);
    } catch (error) {
      if (trapped(error)) broken = `training: there is not enough memory (${error.message || 'the module has stopped'}); a smaller network, batch or number of images needs less`;
      port.postMessage({id, error: broken || (error?.message ?? String(error))});
    }
  };
  port.postMessage({event: 'ready'});
};

if (typeof WorkerGlobalScope === 'function' && globalThis instanceof WorkerGlobalScope) globalThis.serveTraining(globalThis, 40);
