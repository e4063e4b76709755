// Downloads with checks: the length and SHA-256 where they are known, a limit of bytes, and a timeout while nothing comes. A failed
// download is repeated once, past the caches. Errors are sentences for people without the file's name, which the caller knows.

export const MAX_FILE_BYTES = 64 * 2 ** 20;
const IDLE_TIMEOUT = 20000; // ms without a byte

// A second try may succeed. After the answer 404 it will not.
class RetryableError extends Error {}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

// Web Crypto is missing from pages of plain http://, such as those of a classroom's own server. Browsers remember a failed import by
// its address, so every further try has another one.
let tries = 0;
async function sha256(bytes) {
  if (globalThis.crypto?.subtle) return hex(await crypto.subtle.digest('SHA-256', bytes));
  const module = await import('./sha256.js').catch(() => import(/* webpackIgnore: true */ /* @vite-ignore */ `./sha256.js?${++tries}`))
    .catch((error) => { throw unreachable(error); });
  return module.sha256(bytes);
}

// `expired` rejects when `ms` pass without a call of restart().
function idleTimeout(ms) {
  let timer, fail;
  const expired = new Promise((_, reject) => { fail = reject; });
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(new RetryableError(`nothing has come for ${ms / 1000} seconds; the network may be very slow or gone`)), ms);
  };
  restart();
  expired.catch(() => {});
  return {expired, restart, end: () => clearTimeout(timer)};
}

// The promise's outcome, or an error after a while: for what does not report its progress.
export async function withTimeout(promise, ms = IDLE_TIMEOUT) {
  const {expired, end} = idleTimeout(ms);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    end();
  }
}

function unreachable(error) {
  if (error instanceof RetryableError) return error;
  return new RetryableError(globalThis.navigator?.onLine === false ? 'this device is offline' : 'the server cannot be reached; check the network', {cause: error});
}

// In a single-file build (tools/dist_forms.py) the files are in the page itself, as gzip in base64.
function embeddedFile(url) {
  const base = globalThis.document?.baseURI;
  const element = base && document.getElementById(`file:${new URL(url, base).href.slice(new URL('.', base).href.length)}`);
  if (!element) return null;
  const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
  const body = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(body, {headers: {'Content-Type': /\.wasm$/.test(url) ? 'application/wasm' : ''}});
}

async function request(url, cache, signal) {
  const embedded = embeddedFile(url);
  if (embedded) return embedded;
  const response = await fetch(url, {cache, signal}).catch((error) => { throw unreachable(error); });
  if (response.ok) return response;
  const answer = `the server answers ${response.status} ${response.statusText}`.trim();
  throw response.status >= 500 || response.status === 408 || response.status === 429 ? new RetryableError(answer) : new Error(answer);
}

function assertLength(length, {bytes, maxBytes}) {
  if (bytes !== undefined && length !== bytes)
    throw new RetryableError(`it has ${length} bytes instead of ${bytes}: it is damaged, or another file`);
  if (length > maxBytes) throw new Error(`it has more than ${maxBytes} bytes, which is the most that is read here`);
}

// The body; reading stops as soon as it is longer than it should be.
async function readBody(response, expected, onChunk) {
  const limit = Math.min(expected.bytes ?? expected.maxBytes, expected.maxBytes), parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const {done, value} = await reader.read().catch((error) => {
      throw new RetryableError('the connection broke off during the download', {cause: error});
    });
    if (done) break;
    onChunk();
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      assertLength(length, expected);
    }
    parts.push(value);
    expected.onProgress?.(length, expected.bytes ?? 0);
    if (length >= expected.startBytes && length - value.length < expected.startBytes) expected.onStart(concatenate(parts, length));
    if (length >= expected.neededBytes?.(() => concatenate(parts, length))) {
      reader.cancel().catch(() => {});
      return concatenate(parts, length);
    }
  }
  assertLength(length, expected);
  return concatenate(parts, length);
}

function concatenate(parts, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// One try. use(response) is called before the body is read; returns [bytes, its result].
async function attempt(url, expected, cache, use) {
  const stop = new AbortController(), {expired, restart, end} = idleTimeout(IDLE_TIMEOUT);
  const work = async () => {
    const response = await request(url, cache, stop.signal), used = use?.(response);
    Promise.resolve(used).catch(() => {}); // awaited by downloadModule, if the bytes are right
    const bytes = await readBody(response, expected, restart);
    const found = expected.sha256 && !expected.neededBytes && await sha256(bytes);
    if (found && found !== expected.sha256)
      throw new RetryableError(`its content is damaged (SHA-256 ${found.slice(0, 8)}..., expected ${expected.sha256.slice(0, 8)}...)`);
    return [bytes, used];
  };
  const working = work();
  working.catch(() => {});
  try {
    return await Promise.race([working, expired]);
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
      if (!(error instanceof RetryableError)) throw error;
      return attempt(url, expected, 'reload', use);
    });
  } catch (error) {
    throw options.name ? new Error(`${options.name}: ${error.message}`, {cause: error}) : error;
  }
}

// The bytes of a file. Options:
//   bytes, sha256          what the file must have
//   maxBytes               64 MB by default
//   name                   put before the messages
//   onProgress(loaded, total or 0)
//   startBytes, onStart(bytes)   called once so many bytes have come, which are not checked yet
//   neededBytes(getBytes)  returns how many bytes are enough, once it can tell from those that have come; the download ends there, and
//                          the hash is not checked
export async function download(url, options = {}) {
  return (await withRetry(url, options))[0];
}

// The compiled WebAssembly module. It compiles while the bytes come, and the browser may cache the result.
export async function downloadModule(url, options = {}) {
  const [bytes, compiled] = await withRetry(url, options, (response) =>
    // Streaming fails on hosts that do not send the type of wasm.
    response.headers.get('Content-Type') === 'application/wasm' ? WebAssembly.compileStreaming(response.clone()) : undefined);
  return (await compiled) ?? WebAssembly.compile(bytes);
}
