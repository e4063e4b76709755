// Latent Loom's models for your own page, notebook or program: decode points, encode images, compute densities and
// losses, and train. No window, no framework; the arithmetic is the explorer's C++, compiled to WebAssembly.
//
//   import {load} from './loom.js';
//   const model = await load('fashion-conv-vae-2d.safetensors');
//   const image = model.decode([0.3, -1.2]);  // Float32Array, height * width grey values in [0, 1]
//
// loom.d.ts has the types and describes each.
import {MAX_FILE_BYTES, download, downloadModule} from './download.js';
import createModule from '@loom-core.js@';

const SCRIPT = 'loom.js';
const BATCH = 256; // points or images copied to the module at a time, so that its memory does not grow with their number
const MAX_HEADER_BYTES = 2 ** 20; // as in src/weights/safetensors.h
const CLOSED = 'the model is closed';

const WASM = new URL('@loom-core.wasm@', import.meta.url);
const WASM_EXPECTED = {name: 'loom-core.wasm', bytes: +'@loom-core.wasm#bytes@', sha256: '@loom-core.wasm#sha256@'};

// Only node reads from the disk. The comments in import() keep bundlers from resolving node's module.
async function readDisk(url, {name, maxBytes}) {
  const {readFile, stat} = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
  requireSize((await stat(url)).size, name, maxBytes);
  return new Uint8Array(await readFile(url));
}
const isOnDisk = (url) => typeof process === 'object' && url.protocol === 'file:';

let module, starting;

// All models share the module. After a failure the next load() tries again. On disk the module's script finds its file.
async function start(own) {
  starting ??= (async () => {
    module = await createModule(own ? await WebAssembly.compile(await own) : isOnDisk(WASM) ? undefined : await downloadModule(WASM, WASM_EXPECTED));
  })().catch((error) => {
    starting = undefined;
    throw new Error(`${SCRIPT}: the WebAssembly module does not start: ${error.message}`, {cause: error});
  });
  return starting;
}

function text(at) {
  return new TextDecoder().decode(module.HEAPU8.slice(at, module.HEAPU8.indexOf(0, at)));
}

// Calls use(address) with newly allocated memory of the module. Views of the memory must not be kept, because calls
// into the module may grow its heap.
function withMemory(bytes, use) {
  const at = module._malloc(bytes || 1);
  if (!at) throw new Error(`${SCRIPT}: no memory for ${bytes} bytes; the module may use 256 MB in all`);
  try {
    return use(at);
  } finally {
    module._free(at);
  }
}

const floats = (at, length) => new Float32Array(module.HEAPU8.buffer, at, length);
const doubles = (at, length) => new Float64Array(module.HEAPU8.buffer, at, length);

function requireSuccess(result, name) {
  if (result) return result;
  const reason = text(module._loom_error());
  throw new Error(reason.startsWith(name) ? reason : `${name}: ${reason}`);
}

// One row or many, given as numbers (typed array or array) or as an array of rows. Every number is checked, because the
// network would not report a NaN.
function rowsOf(values, width, name, what) {
  if (typeof values?.length !== 'number') throw new TypeError(`${name}: ${what} is ${values === null ? 'null' : typeof values}, wanted numbers or rows of ${width} numbers`);
  const nested = Array.isArray(values) && typeof values[0] !== 'number' && values.length > 0;
  const rows = nested ? values : [values];
  rows.forEach((row, n) => {
    if (nested ? row?.length !== width : row.length % width !== 0)
      throw new RangeError(`${name}: ${what}${nested ? `[${n}]` : ''} has ${row?.length} numbers, wanted ${nested ? '' : 'a multiple of '}${width}`);
  });
  const flat = nested ? new Float32Array(rows.length * width) : Float32Array.from(values);
  if (nested) rows.forEach((row, n) => flat.set(row, n * width));
  const bad = flat.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`${name}: ${what} has ${flat[bad]} at row ${Math.floor(bad / width)}, number ${bad % width}, wanted finite numbers`);
  return flat;
}

// The header of a weight file and where its tensors begin; null until all of it has arrived. It is parsed in
// JavaScript, although the module can parse it, because a download with part: 'decoder' must know where to stop before
// the module is compiled.
function headerOf(bytes) {
  if (bytes.length < 8) return null;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)), begin = 8 + length;
  if (length > MAX_HEADER_BYTES) throw new RangeError(`a header of ${length} bytes`);
  return bytes.length < begin ? null : {begin, entries: JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin)))};
}

// The metadata of a file that the module has accepted, as in `loom info --json`.
function description(bytes) {
  const {model, format, generator, spec_version, first_code, ...provenance} = headerOf(bytes).entries.__metadata__;
  return {model: JSON.parse(model), provenance};
}

// Where the decoder and the file end; null until the header has arrived. Infinity if it is not a weight file; the
// module will report that error.
function endsOf(bytes) {
  try {
    const header = headerOf(bytes);
    if (!header) return null;
    const {begin, entries: {__metadata__, ...tensors}} = header;
    const last = (prefix) => Object.keys(tensors).reduce((end, name) => name.startsWith(prefix) ? Math.max(end, begin + tensors[name].data_offsets[1]) : end, begin);
    return {decoder: last('decoder.'), file: last('')};
  } catch {
    return {decoder: Infinity, file: Infinity};
  }
}

// For download's neededBytes: where the decoder ends. It is first in the file.
function decoderBytes() {
  let known;
  return (soFar) => known ??= endsOf(soFar())?.decoder;
}

// A file of full length for the module, with zeros after the decoder. The Model refuses calls that need the rest.
function decoderOnly(bytes, maxBytes) {
  const ends = endsOf(bytes);
  if (!ends || !(ends.file <= maxBytes && ends.decoder <= bytes.length)) return bytes;
  const padded = new Uint8Array(ends.file);
  padded.set(bytes.subarray(0, ends.decoder));
  return padded;
}

class Model {
  #number;
  #name;
  #sizes;
  #part;

  constructor(bytes, name, part) {
    this.#name = name;
    this.#part = part;
    const encoded = new TextEncoder().encode(`${name}\0`);
    this.#number = requireSuccess(withMemory(encoded.length, (at) => {
      module.HEAPU8.set(encoded, at);
      return withMemory(bytes.length, (file) => {
        module.HEAPU8.set(bytes, file);
        return module._loom_open(file, bytes.length, at);
      });
    }), name);
    const {model, provenance} = description(bytes);
    const [latent, height, width, classes, encodedCount] = ['latent_dim', 'image_height', 'image_width', 'class_count', 'encoded_count']
      .map((size) => module[`_loom_${size}`](this.#number));
    this.#sizes = {latent, pixels: height * width, classes, encoded: part ? 0 : encodedCount};
    const freeze = (value) => Object.freeze(typeof value === 'object' && value ? (Object.values(value).forEach(freeze), value) : value);
    this.info = freeze({name, latentDim: latent, height, width, variational: model.variational, likelihood: model.likelihood,
      classNames: Array.from({length: Math.max(classes, model.class_names.length)}, (_, c) => model.class_names[c] ?? `class ${c}`),
      classColors: Array.from({length: Math.max(classes, model.class_names.length)}, (_, c) => `#${module._loom_class_color(c).toString(16).padStart(6, '0')}`),
      encodedCount: this.#sizes.encoded, model, provenance});
  }

  #open() {
    if (!this.#number) throw new Error(`${this.#name}: ${CLOSED}`);
    return this.#number;
  }

  #openWhole() {
    if (this.#part) throw new Error(`${this.#name}: only its ${this.#part} was loaded; encode, encoded and analyse need the whole file`);
    return this.#open();
  }

  // Calls run(first row, rows, address of the rows, address for the results) for groups of rows.
  #inBatches(flat, width, bytesPerRow, run) {
    const count = flat.length / width, most = Math.min(count, BATCH);
    withMemory(4 * width * most, (from) => withMemory(bytesPerRow * most, (to) => {
      for (let first = 0; first < count; first += BATCH) {
        const rows = Math.min(BATCH, count - first);
        floats(from, rows * width).set(flat.subarray(first * width, (first + rows) * width));
        run(first, rows, from, to);
      }
    }));
    return count;
  }

  decode(z, out) {
    const number = this.#open(), {latent, pixels} = this.#sizes;
    const flat = rowsOf(z, latent, this.#name, 'z'), length = flat.length / latent * pixels;
    if (out !== undefined && !(out instanceof Float32Array && out.length === length))
      throw new RangeError(`${this.#name}: out is ${out?.constructor?.name} of ${out?.length}, wanted a Float32Array of ${length}`);
    out ??= new Float32Array(length);
    this.#inBatches(flat, latent, 4 * pixels, (first, rows, from, to) => {
      requireSuccess(module._loom_decode(number, from, rows, to), this.#name);
      out.set(floats(to, rows * pixels), first * pixels);
    });
    return out;
  }

  encode(pictures) {
    const number = this.#openWhole(), {latent, pixels} = this.#sizes;
    const flat = rowsOf(pictures, pixels, this.#name, 'pictures'), length = flat.length / pixels * latent;
    const mu = new Float32Array(length), logvar = this.info.variational ? new Float32Array(length) : null;
    this.#inBatches(flat, pixels, 8 * latent, (first, rows, from, to) => {
      const second = to + 4 * rows * latent;
      requireSuccess(module._loom_encode(number, from, rows, to, second), this.#name);
      mu.set(floats(to, rows * latent), first * latent);
      logvar?.set(floats(second, rows * latent), first * latent);
    });
    return {mu, logvar};
  }

  encoded() {
    const number = this.#openWhole(), {latent, encoded: count} = this.#sizes, size = count * latent;
    return withMemory(8 * size + count, (at) => {
      requireSuccess(module._loom_encoded(number, at, at + 4 * size, at + 8 * size), this.#name);
      return {mu: floats(at, size).slice(), logvar: this.info.variational ? floats(at + 4 * size, size).slice() : null,
        labels: module.HEAPU8.slice(at + 8 * size, at + 8 * size + count)};
    });
  }

  analyse({z, pictures} = {}) {
    if ((z === undefined) === (pictures === undefined)) throw new TypeError(`${this.#name}: analyse wants {z} or {pictures}, one of the two`);
    return z === undefined ? this.#analysePictures(pictures) : this.#analysePlaces(z);
  }

  #analysePlaces(z) {
    const number = this.#openWhole(), {latent, classes} = this.#sizes, width = 3 + classes, places = [];
    const typical = module._loom_typical_density(number);
    requireSuccess(typical > 0 || !module.HEAPU8[module._loom_error()], this.#name);
    this.#inBatches(rowsOf(z, latent, this.#name, 'z'), latent, 8 * width, (first, rows, from, to) => {
      requireSuccess(module._loom_density(number, from, rows, to, to + 24 * rows), this.#name);
      const found = doubles(to, rows * width);
      for (let n = 0; n < rows; n++) {
        const [density, prior, hole] = found.subarray(3 * n, 3 * n + 3);
        const byClass = Array.from(found.subarray(3 * rows + classes * n, 3 * rows + classes * (n + 1)));
        places.push({density, logDensity: Math.log(density), prior, logPrior: Math.log(prior), typicalDensity: typical, hole: hole === 1,
          shares: byClass.map((part) => density > 0 ? part / density : 0)});
      }
    });
    return places;
  }

  #analysePictures(pictures) {
    const number = this.#openWhole(), {pixels} = this.#sizes, results = [];
    const {mu, logvar} = this.encode(pictures), {latent} = this.#sizes;
    // The doubles come first, because their address must be a multiple of eight.
    this.#inBatches(rowsOf(pictures, pixels, this.#name, 'pictures'), pixels, 32 + 4 * pixels, (first, rows, from, to) => {
      const decoded = to + 32 * rows;
      requireSuccess(module._loom_score(number, from, rows, decoded, to), this.#name);
      for (let n = 0; n < rows; n++) {
        const [reconstruction, kl, floor, squaredError] = doubles(to + 32 * n, 4), row = first + n;
        results.push({mu: mu.slice(row * latent, (row + 1) * latent), logvar: logvar?.slice(row * latent, (row + 1) * latent) ?? null,
          decoded: floats(decoded + 4 * n * pixels, pixels).slice(), reconstruction, kl, negativeElbo: reconstruction + kl,
          floor, excess: reconstruction - floor, squaredError});
      }
    });
    return results;
  }

  close() {
    if (this.#number) module._loom_close(this.#number);
    this.#number = 0;
  }
}

// The file's name in messages: the last part of its address.
const nameOf = (url) => decodeURIComponent(String(url).split(/[?#]/)[0].split('/').pop()) || 'weights';

function requireSize(bytes, name, maxBytes) {
  if (bytes > maxBytes) throw new RangeError(`${name}: has ${bytes} bytes, at most ${maxBytes} are read`);
}

async function read(source, options) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (typeof source === 'object' && 'arrayBuffer' in source) {
    requireSize(source.size, options.name, options.maxBytes);
    return new Uint8Array(await source.arrayBuffer());
  }
  const address = new URL(source, globalThis.document?.baseURI ?? import.meta.url);
  return isOnDisk(address) ? readDisk(address, options) : download(address, options);
}

export async function load(source, options = {}) {
  const isBytes = source instanceof ArrayBuffer || ArrayBuffer.isView(source);
  const isFile = typeof Blob === 'function' && source instanceof Blob;
  if (!isBytes && !isFile && typeof source !== 'string' && !(source instanceof URL))
    throw new TypeError(`${SCRIPT}: load wants an address, a File or the bytes of a weight file, found ${source === null ? 'null' : typeof source}`);
  const name = options.name ?? (isBytes ? 'weights' : isFile ? source.name ?? 'weights' : nameOf(source));
  const maxBytes = options.maxBytes ?? MAX_FILE_BYTES, {part} = options;
  if (part !== undefined && part !== 'decoder') throw new TypeError(`${name}: part is ${part}, wanted 'decoder' or nothing`);
  const wanted = {...options, name, maxBytes, ...part && {neededBytes: decoderBytes()}};
  const [bytes] = await Promise.all([read(source, wanted), start(options.wasm)]);
  requireSize(bytes.length, name, maxBytes);
  return new Model(part ? decoderOnly(bytes, maxBytes) : bytes, name, part);
}

export async function train(data, settings = {}, onProgress) {
  const {createTraining} = await import('./training.js');
  const training = await createTraining({...data, settings}, {onProgress});
  try {
    await training.start();
    const bytes = await training.model();
    return {bytes, model: await load(bytes, {name: 'trained model'}), history: await training.history(),
      card: await training.card(), command: await training.command()};
  } finally {
    await training.close();
  }
}
