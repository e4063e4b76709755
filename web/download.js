// Files from the network, checked before anybody uses them: their length and SHA-256 where these are known, no more bytes than
// allowed, and an end to waiting where nothing comes. What fails by the way is asked for once more past the caches. Errors
// are sentences for people, without the file's name: who asked knows it.

export const MAX_FILE_BYTES = 64 * 2 ** 20;
const PATIENCE = 20000; // ms without a byte

// Failures that a second try may mend; the answer 404 is not one of them.
class Passing extends Error {}

const digits = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

// Web Crypto is missing from pages of plain http://, such as those of a classroom's own server. Browsers remember by its address
// that a script could not be loaded, so every further try has another one.
let tries = 0;
async function sha256(bytes) {
  if (globalThis.crypto?.subtle) return digits(await crypto.subtle.digest('SHA-256', bytes));
  const module = await import('./sha256.js').catch(() => import(/* webpackIgnore: true */ /* @vite-ignore */ `./sha256.js?${++tries}`))
    .catch((error) => { throw unreachable(error); });
  return module.sha256(bytes);
}

// A promise that fails when `ms` pass without a call of alive().
function patience(ms) {
  let timer, fail;
  const gaveUp = new Promise((_, reject) => { fail = reject; });
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(new Passing(`nothing has come for ${ms / 1000} seconds; is the network very slow or gone`)), ms);
  };
  alive();
  gaveUp.catch(() => {});
  return {gaveUp, alive, end: () => clearTimeout(timer)};
}

// The promise's outcome, or an error after the usual patience: for what cannot be watched while it loads.
export async function inTime(promise, ms = PATIENCE) {
  const {gaveUp, end} = patience(ms);
  try {
    return await Promise.race([promise, gaveUp]);
  } finally {
    end();
  }
}

function unreachable(error) {
  if (error instanceof Passing) return error;
  return new Passing(globalThis.navigator?.onLine === false ? 'this device is offline' : 'the server cannot be reached; is the network there', {cause: error});
}

// In a single-file build (tools/dist_forms.py) the files are in the page itself.
function inside(url) {
  const base = globalThis.document?.baseURI;
  const element = base && document.getElementById(`file:${new URL(url, base).href.slice(new URL('.', base).href.length)}`);
  if (!element) return null;
  const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
  const body = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(body, {headers: {'Content-Type': /\.wasm$/.test(url) ? 'application/wasm' : ''}});
}

async function open(url, cache, signal) {
  const own = inside(url);
  if (own) return own;
  const response = await fetch(url, {cache, signal}).catch((error) => { throw unreachable(error); });
  if (response.ok) return response;
  const answer = `the server answers ${response.status} ${response.statusText}`.trim();
  throw response.status >= 500 || response.status === 408 || response.status === 429 ? new Passing(answer) : new Error(answer);
}

function assertLength(length, {bytes, maxBytes}) {
  if (bytes !== undefined && length !== bytes)
    throw new Passing(`it has ${length} bytes instead of ${bytes}: another file, or a damaged one`);
  if (length > maxBytes) throw new Error(`it has more than ${maxBytes} bytes, which is the most that is read here`);
}

// The body, refused as soon as it is longer than it should be.
async function readBody(response, expected, alive) {
  const limit = Math.min(expected.bytes ?? expected.maxBytes, expected.maxBytes), parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const {done, value} = await reader.read().catch((error) => {
      throw new Passing('the connection broke off during the download', {cause: error});
    });
    if (done) break;
    alive();
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      assertLength(length, expected);
    }
    parts.push(value);
    expected.onProgress?.(length, expected.bytes ?? 0);
    if (length >= expected.startBytes && length - value.length < expected.startBytes) expected.onStart(joined(parts, length));
    if (length >= expected.neededBytes?.(() => joined(parts, length))) {
      reader.cancel().catch(() => {});
      return joined(parts, length);
    }
  }
  assertLength(length, expected);
  return joined(parts, length);
}

function joined(parts, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// One try; use(response) is called with the answer before its body is read, and its result comes beside the bytes.
async function attempt(url, expected, cache, use) {
  const stop = new AbortController(), {gaveUp, alive, end} = patience(PATIENCE);
  const work = async () => {
    const response = await open(url, cache, stop.signal), used = use?.(response);
    Promise.resolve(used).catch(() => {}); // asked for below, if the bytes are right
    const bytes = await readBody(response, expected, alive);
    const found = expected.sha256 && !expected.neededBytes && await sha256(bytes);
    if (found && found !== expected.sha256)
      throw new Passing(`its content is damaged (SHA-256 ${found.slice(0, 8)}..., expected ${expected.sha256.slice(0, 8)}...)`);
    return [bytes, used];
  };
  const working = work();
  working.catch(() => {});
  try {
    return await Promise.race([working, gaveUp]);
  } finally {
    end();
    stop.abort();
  }
}

async function withRetry(url, options, use) {
  const expected = {maxBytes: MAX_FILE_BYTES, ...options};
  try {
    if (expected.bytes > expected.maxBytes) assertLength(expected.bytes, expected);
    return await attempt(url, expected, 'default', use).catch((error) => {
      if (!(error instanceof Passing)) throw error;
      return attempt(url, expected, 'reload', use);
    });
  } catch (error) {
    throw options.name ? new Error(`${options.name}: ${error.message}`, {cause: error}) : error;
  }
}

// The bytes of a file. options: bytes and sha256 as they must be, maxBytes (64 MB), onProgress(bytes so far, all or 0), name
// (put before the messages), startBytes and onStart(bytes): called as soon as so many have come, before anything is checked;
// neededBytes(get the bytes so far): after so many of them the download ends, and only what reads them can tell whether they are right.
export async function download(url, options = {}) {
  return (await withRetry(url, options))[0];
}

// The compiled module, compiling while the bytes come; the engine may keep its work for the next visit.
export async function downloadModule(url, options = {}) {
  const [bytes, compiled] = await withRetry(url, options, (response) =>
    // Hosts that do not know wasm's type would make streaming fail.
    response.headers.get('Content-Type') === 'application/wasm' ? WebAssembly.compileStreaming(response.clone()) : undefined);
  return (await compiled) ?? WebAssembly.compile(bytes);
}
