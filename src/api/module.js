// loom-core.js: the functions of core_api.h for JavaScript, `loom_open` as `_loom_open` and so on, with malloc and free
// and views of the memory. Emscripten's own glue would be ten times as long. web/loom.js is the interface for other
// code.

const URL_OF_WASM = new URL('loom-core.wasm', import.meta.url);

async function compile() {
  if (URL_OF_WASM.protocol !== 'file:') return WebAssembly.compile(await (await fetch(URL_OF_WASM)).arrayBuffer());
  const {readFile} = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
  return WebAssembly.compile(await readFile(URL_OF_WASM));
}

// `wasm`: a WebAssembly.Module that the caller has compiled.
export default async function create(wasm) {
  const {exports} = await WebAssembly.instantiate(wasm ?? await compile(), {env: {emscripten_notify_memory_growth() {}}});
  exports._initialize();
  const functions = Object.entries(exports).map(([name, value]) => [`_${name}`, value]);
  return {
    ...Object.fromEntries(functions),
    // Created anew each time, because views become invalid when the memory grows.
    get HEAPU8() { return new Uint8Array(exports.memory.buffer); },
    get HEAPF32() { return new Float32Array(exports.memory.buffer); },
  };
}
