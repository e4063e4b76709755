// Downloads with checks: length and SHA-256 if they are known, a size limit, and a timeout if no bytes arrive. A failed
// download is retried once, bypassing the caches. Error messages are sentences for the visitor without the file's name,
// which the caller adds.

export const MAX_FILE_BYTES = 64 * 2 ** 20;
const IDLE_TIMEOUT = 20000; // ms without a byte

// An error after which a second try may succeed. After a 404 response it would not.
class RetryableError extends Error {}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

// Web Crypto is not available on plain http:// pages, such as those of a local classroom server. Browsers cache the
// failure of an import by its URL, so every further try uses a new one.
let tries = 0;
async function sha256(bytes) {
  if (globalThis.crypto?.subtle) return hex(await crypto.subtle.digest('SHA-256', bytes));
  const module = await import('./sha256.js').catch(() => import(/* webpackIgnore: true */ /* @vite-ignore */ `./sha256.js?${++tries}`))
    .catch((error) => { throw unreachable(error); });
  return module.sha256(bytes);
}

// `expired` rejects after `ms` without a call to restart().
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

// The promise's result, or an error after `ms`; for work that does not report its progress.
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

// In a single-file build (tools/dist_forms.py) the files are in the page itself, gzipped and base64-encoded.
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

// Reads the body of a response. Stops as soon as it is longer than expected.
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

// One try. Calls use(response) before the body is read. Returns [bytes, result of use].
async function attempt(url, expected, cache, use) {
  const stop = new AbortController(), {expired, restart, end} = idleTimeout(IDLE_TIMEOUT);
  const work = async () => {
    const response = await request(url, cache, stop.signal), used = use?.(response);
    Promise.resolve(used).catch(() => {}); // downloadModule awaits it if the bytes are valid
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

// The bytes of a file. Throws Error if the download or a check fails. Options:
//   bytes, sha256          expected length and hash
//   maxBytes               size limit; 64 MB by default
//   name                   prefix of error messages
//   onProgress(loaded, total or 0)
//   startBytes, onStart(bytes)   onStart is called once, when startBytes have arrived; they are not checked yet
//   neededBytes(getBytes)  returns how many bytes are needed, as soon as it can tell from those that have arrived; the
//                          download ends there, and the hash is not checked
export async function download(url, options = {}) {
  return (await withRetry(url, options))[0];
}

// The compiled WebAssembly module. It is compiled while it downloads, and the browser may cache the result.
export async function downloadModule(url, options = {}) {
  const [bytes, compiled] = await withRetry(url, options, (response) =>
    // Streaming compilation requires this content type, which not all hosts send.
    response.headers.get('Content-Type') === 'application/wasm' ? WebAssembly.compileStreaming(response.clone()) : undefined);
  return (await compiled) ?? WebAssembly.compile(bytes);
}
