// The service worker: caches what pages of this folder load. Files with a hash in their name never change, so once
// cached they are not fetched again. All others are fetched from the network if there is one. Files that a new
// build.json no longer lists are deleted.

const CACHE = 'latent-loom';
const HASHED = /\.[0-9a-f]{12}(\.\w+|\/\w+\.pack)$/; // names that tools/assemble_dist.py gives
const NETWORK_TIMEOUT = 5000; // ms until the cached file is used instead

const scope = () => self.registration.scope;
const key = (url) => url.split(/[?#]/)[0];
const isOurs = (url) => url.startsWith(scope());
const manifestUrl = () => new URL('build.json', scope()).href;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function deleteOutdated(cache, manifest) {
  const {files} = await manifest.json();
  const current = new Set(Object.values(files).map(({path}) => new URL(path, scope()).href));
  const isCurrent = (url) => current.has(url) || current.has(url.replace(/\w+\.pack$/, 'header.pack')); // blocks of a data pack
  const cached = await cache.keys();
  await Promise.all(cached.map(({url}) => HASHED.test(url) && !isCurrent(url) ? cache.delete(url) : undefined));
}

async function store(url, response) {
  if (!response.ok || response.status !== 200 || response.redirected) return;
  const cache = await caches.open(CACHE);
  if (key(url) === manifestUrl()) await deleteOutdated(cache, response.clone());
  await cache.put(key(url), response);
}

// Storage errors (a full disk, a private window) must not become errors of the page.
const storeQuietly = (url, response) => store(url, response).catch(() => {});

async function fetchAndStore(event) {
  const response = await fetch(event.request);
  event.waitUntil(storeQuietly(event.request.url, response.clone()));
  return response;
}

async function respond(event) {
  const {url, cache: mode} = event.request;
  const cached = await caches.open(CACHE).then((cache) => cache.match(key(url))).catch(() => undefined);
  if (!cached) return fetchAndStore(event);
  const isRetry = mode === 'reload' || mode === 'no-store'; // the page refused the cached file (download.js)
  if (HASHED.test(key(url)) && !isRetry) return cached;
  const network = fetchAndStore(event).then((response) => response.status < 500 ? response : cached, (error) => {
    if (isRetry && HASHED.test(key(url))) throw error;
    return cached;
  });
  if (isRetry) return network;
  return Promise.race([network, new Promise((done) => setTimeout(() => done(cached), NETWORK_TIMEOUT))]);
}

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && isOurs(event.request.url) && !event.request.headers.has('Range')) event.respondWith(respond(event));
});

// {keep: [URLs]}: files that a page loaded before this worker ran. The browser's HTTP cache still has them. A file that
// fails is cached when it is next requested; it must not stop the others.
self.addEventListener('message', (event) => {
  if (!Array.isArray(event.data?.keep)) return;
  event.waitUntil(Promise.allSettled(event.data.keep.filter((url) => typeof url === 'string' && isOurs(url)).map(async (url) => {
    const cache = await caches.open(CACHE);
    if (await cache.match(key(url))) return;
    await storeQuietly(url, await fetch(url));
  })));
});
