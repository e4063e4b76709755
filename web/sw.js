// The service worker: keeps one whole version of the page, so that later visits need no network and never mix files of
// two versions. build.json lists the files of a version with their hashes; every file is checked against it before it
// is stored. A new version is fetched beside the old one and takes its place when it is complete. A page that is open
// goes on with the version that it began with, and is told that there is a newer one.

const PREFIX = 'latent-loom';                   // of the names of all our caches
const STATE = `${PREFIX} state`;                // {current: version, clients: {id of a page: version}}
const STATE_KEY = 'state';
const nameOf = (version) => `${PREFIX} ${version}`; // the cache of a version
const MANIFEST = 'build.json';
const HASHED = /\.[0-9a-f]{12}(\.\w+|\/\w+\.pack)$/; // names that tools/assemble_dist.py gives: such a file never changes
const ALWAYS = ['loom-explorer.js', 'loom-explorer.wasm', 'loom-first.wasm'];
const MAX_PAGE_FILE = 2 ** 16;   // bytes of a script or page that is kept even if this visitor has not used it
const MAX_REPLACED = 2 ** 20;    // bytes of a changed file that is fetched because the visitor used the old one
const PATIENCE = 20000;          // ms for one file

const scope = () => self.registration.scope;
const addressOf = (path) => new URL(path, scope()).href;

// The path of a file below the folder of the page; null for other addresses.
function pathOf(url) {
  const plain = url.split(/[?#]/)[0];
  if (!plain.startsWith(scope())) return null;
  const path = plain.slice(scope().length);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (bytes) => hex(await crypto.subtle.digest('SHA-256', bytes));

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// --- what is stored

let state;
async function readState() {
  if (state) return state;
  const stored = await (await caches.open(STATE)).match(STATE_KEY);
  state = {current: null, clients: {}, ...(stored && await stored.json().catch(() => ({})))};
  return state;
}

const writeState = async () => (await caches.open(STATE)).put(STATE_KEY, new Response(JSON.stringify(state)));

// The files of a build.json by their paths; null if the text is something else, such as a log-in page.
function filesOf(text) {
  try {
    const files = Object.entries(JSON.parse(text).files).map(([name, {path, bytes, sha256: hash}]) => [path, {name, bytes, hash}]);
    const isFile = ([path, {bytes, hash}]) => typeof path === 'string' && Number.isInteger(bytes) && /^[0-9a-f]{64}$/.test(hash);
    const all = new Map(files);
    return files.every(isFile) && all.has('index.html') ? all : null;
  } catch {
    return null;
  }
}

const known = new Map(); // version -> files
async function filesOfVersion(version) {
  if (!known.has(version)) {
    const stored = await (await caches.open(nameOf(version))).match(addressOf(MANIFEST));
    known.set(version, (stored && filesOf(await stored.text())) ?? new Map());
  }
  return known.get(version);
}

// Data packs are stored in blocks; build.json lists the header, whose folder has the hash of the pack in its name. The
// page checks each block.
const isBlock = (files, path) => HASHED.test(path) && files.has(path.replace(/\w+\.pack$/, 'header.pack'));

// The response with its whole body, or an error unless it is the file that is wanted.
async function checked(response, file) {
  if (!response.ok || response.status !== 200) throw new Error(`the server answers ${response.status}`);
  const bytes = await response.arrayBuffer(), type = response.headers.get('Content-Type');
  if (file && (bytes.byteLength !== file.bytes || await sha256(bytes) !== file.hash)) throw new Error('another file');
  if (!file && /html/.test(type ?? '')) throw new Error('a page instead of data');
  return new Response(bytes, {headers: type ? {'Content-Type': type} : {}});
}

// Asks the server, not the browser's cache, about a file whose name says nothing about its content.
async function fetchChecked(path, file) {
  const ask = async (cache) => checked(await fetch(addressOf(path), {cache, signal: AbortSignal.timeout(PATIENCE)}), file);
  return ask(HASHED.test(path) ? 'default' : 'no-cache').catch(() => ask('reload'));
}

// --- versions

// Paths of the files that a new version needs before it may replace the old one: the scripts and pages, and what the
// visitor has used.
async function neededPaths(files, used, oldVersion) {
  const needed = new Set(used.filter((path) => files.has(path)));
  for (const [path, {name, bytes}] of files)
    if (ALWAYS.includes(name) || (/^[^/]+\.(html|js|css)$/.test(path) && bytes <= MAX_PAGE_FILE)) needed.add(path);
  if (!oldVersion) return needed;
  const old = await filesOfVersion(oldVersion), paths = new Map([...files].map(([path, {name}]) => [name, path]));
  for (const {url} of await (await caches.open(nameOf(oldVersion))).keys()) {
    const before = pathOf(url), path = paths.get(old.get(before)?.name);
    if (path && (path === before || files.get(path).bytes <= MAX_REPLACED)) needed.add(path);
  }
  return needed;
}

// Fills the cache of a version, with files of the old version where they are the same. What a try that broke off has
// stored is used by the next one.
async function fill(version, text, files, used) {
  const {current} = await readState(), cache = await caches.open(nameOf(version));
  const old = current ? {files: await filesOfVersion(current), cache: await caches.open(nameOf(current))} : null;
  for (const path of await neededPaths(files, used, current)) {
    const address = addressOf(path), file = files.get(path);
    if (await cache.match(address)) continue;
    const same = old?.files.get(path)?.hash === file.hash && await old.cache.match(address);
    await cache.put(address, same || await fetchChecked(path, file));
  }
  if (old)
    for (const request of await old.cache.keys())
      if (isBlock(files, pathOf(request.url))) await cache.put(request, await old.cache.match(request));
  await cache.put(addressOf(MANIFEST), new Response(text, {headers: {'Content-Type': 'application/json'}}));
  known.set(version, files);
}

// Deletes the caches that no open page uses any more, except that of `version`.
async function deleteUnused(version) {
  const open = new Set((await self.clients.matchAll({includeUncontrolled: true, type: 'all'})).map(({id}) => id));
  for (const id of Object.keys(state.clients)) if (!open.has(id)) delete state.clients[id];
  const inUse = new Set([STATE, nameOf(version), nameOf(state.current), ...Object.values(state.clients).map(nameOf)]);
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && !inUse.has(name)) await caches.delete(name);
  await writeState();
}

async function tellPages() {
  for (const client of await self.clients.matchAll({includeUncontrolled: true}))
    if ((state.clients[client.id] ?? state.current) !== state.current) client.postMessage({newVersion: true});
}

// Looks for a new version. `used`: paths of files that a page has loaded without this worker.
async function lookForVersion(used) {
  await readState();
  const response = await fetch(addressOf(MANIFEST), {cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE)});
  const text = response.ok ? await response.text() : '', files = filesOf(text);
  if (!files) return;
  const version = (await sha256(new TextEncoder().encode(text))).slice(0, 12);
  const cache = await caches.open(nameOf(version));
  if (version === state.current && await cache.match(addressOf(MANIFEST))) { // else the browser has deleted it
    for (const path of used)
      if (files.has(path) && !await cache.match(addressOf(path))) await cache.put(addressOf(path), await fetchChecked(path, files.get(path)));
  } else {
    if (state.current) await deleteUnused(version);
    await fill(version, text, files, used);
    // A page that loaded its files without this worker has those of the version that was current then.
    if (state.current) for (const {id} of await self.clients.matchAll({includeUncontrolled: true})) state.clients[id] ??= state.current;
    state.current = version;
    await writeState();
    await tellPages();
  }
  await deleteUnused(version);
}

// One look at a time. Errors of the network or of the storage leave everything as it was.
let looking = Promise.resolve();
const look = (used = []) => (looking = looking.then(() => lookForVersion(used)).catch(() => {}));

// --- requests

async function store(version, path, response) {
  const files = await filesOfVersion(version), stored = await checked(response, files.get(path));
  await (await caches.open(nameOf(version))).put(addressOf(path), stored);
}

async function versionOf({clientId, resultingClientId, request}) {
  await readState();
  const version = request.mode === 'navigate' ? state.current : state.clients[clientId] ?? state.current;
  if (resultingClientId && version) state.clients[resultingClientId] = version;
  else if (clientId && version) state.clients[clientId] ??= version;
  return version;
}

async function respond(event, path) {
  const {request} = event, version = await versionOf(event).catch(() => null);
  if (request.mode === 'navigate') event.waitUntil(look());
  if (request.mode === 'navigate' && version) event.waitUntil(writeState().catch(() => {}));
  // Errors of the storage (a full disk, a damaged profile) must not become errors of the page.
  const files = (version && await filesOfVersion(version).catch(() => null)) || new Map();
  const found = () => caches.open(nameOf(version)).then((cache) => cache.match(addressOf(path))).catch(() => undefined);
  if (files.size && path === MANIFEST) return (await found()) ?? fetch(request);
  if (!files.has(path) && !isBlock(files, path))
    return fetch(request).catch(async (error) => (await caches.match(addressOf(path))) ?? Promise.reject(error));
  const isRetry = request.cache === 'reload' || request.cache === 'no-store'; // the page refused the stored file (download.js)
  const stored = isRetry ? undefined : await found();
  if (stored) return stored;
  const response = await fetch(request);
  if (response.status === 404 || response.status === 410) event.waitUntil(look()); // the server may have a newer version
  event.waitUntil(store(version, path, response.clone()).catch(() => {}));
  return response;
}

self.addEventListener('fetch', (event) => {
  const {request} = event, path = request.method === 'GET' ? pathOf(request.url) : null;
  if (path !== null && !request.headers.has('Range')) event.respondWith(respond(event, path));
});

// {keep: [addresses]}: files that a page loaded before this worker ran, or []: a page came back into view.
self.addEventListener('message', (event) => {
  const {keep} = event.data ?? {};
  if (!Array.isArray(keep)) return;
  const used = keep.filter((url) => typeof url === 'string').map(pathOf).filter((path) => path !== null);
  event.waitUntil(look(used).then(() => event.ports[0]?.postMessage('looked')));
});
