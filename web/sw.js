// Keeps what pages of this folder have loaded. Files with a hash in their name never change: once kept, they are not asked for
// again. All others come from the network while there is one. What a new build.json no longer lists is thrown away.

const CACHE = 'latent-loom';
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // tools/assemble_dist.py
const PATIENCE = 5000; // ms until a kept file is better than a network that says nothing

const scope = () => self.registration.scope;
const key = (url) => url.split(/[?#]/)[0];
const isOurs = (url) => url.startsWith(scope());
const manifestUrl = () => new URL('build.json', scope()).href;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function throwOldAway(cache, manifest) {
  const {files} = await manifest.json();
  const current = new Set(Object.values(files).map(({path}) => new URL(path, scope()).href));
  const kept = await cache.keys();
  await Promise.all(kept.map(({url}) => HASHED.test(url) && !current.has(url) ? cache.delete(url) : undefined));
}

async function remember(url, response) {
  if (!response.ok || response.status !== 200 || response.redirected) return;
  const cache = await caches.open(CACHE);
  if (key(url) === manifestUrl()) await throwOldAway(cache, response.clone());
  await cache.put(key(url), response);
}

// Fails of storage (a full disk, private windows) must not become fails of the page.
const rememberQuietly = (url, response) => remember(url, response).catch(() => {});

async function fromNetwork(event) {
  const response = await fetch(event.request);
  event.waitUntil(rememberQuietly(event.request.url, response.clone()));
  return response;
}

async function answer(event) {
  const {url, cache: mode} = event.request;
  const kept = await caches.open(CACHE).then((cache) => cache.match(key(url))).catch(() => undefined);
  if (!kept) return fromNetwork(event);
  const retried = mode === 'reload' || mode === 'no-store'; // what was kept did not please
  if (HASHED.test(key(url)) && !retried) return kept;
  const network = fromNetwork(event).then((response) => response.status < 500 ? response : kept, (error) => {
    if (retried && HASHED.test(key(url))) throw error;
    return kept;
  });
  if (retried) return network;
  return Promise.race([network, new Promise((done) => setTimeout(() => done(kept), PATIENCE))]);
}

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && isOurs(event.request.url) && !event.request.headers.has('Range')) event.respondWith(answer(event));
});

// {keep: [addresses]}: from a page that was there before this worker. The browser's own cache has them still.
self.addEventListener('message', (event) => {
  if (!Array.isArray(event.data?.keep)) return;
  // One that fails is kept when it is next asked for; it must not end the others.
  event.waitUntil(Promise.allSettled(event.data.keep.filter((url) => typeof url === 'string' && isOurs(url)).map(async (url) => {
    const cache = await caches.open(CACHE);
    if (await cache.match(key(url))) return;
    await rememberQuietly(url, await fetch(url));
  })));
});
