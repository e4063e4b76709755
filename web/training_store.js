// Keeps training runs in the browser's own storage (IndexedDB), so that a reload or a crash of the page loses nothing.
// Sandboxed frames and some private windows have no storage; a run is then not kept.
//
// A kept run is {id, data, name, link, weights, progress, history, state, images?}: the name of its data pack, or the
// images themselves if they are the visitor's own; the link of the page when it began; the weights that it went on from,
// or null; and what training.js says of it.

const DATABASE = 'latent-loom', RUNS = 'training', IMAGES = 'training-images', VERSION = 1;
const MARK = 'latent-loom-training'; // in localStorage while there are kept runs, so that host.js need not look
const lockName = (id) => `latent-loom-training-${id}`;

const answer = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

function open() {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    for (const store of [RUNS, IMAGES]) request.result.createObjectStore(store, {keyPath: 'id'});
  };
  return answer(request);
}

// Calls use(runs, images) with both stores inside one transaction, which is complete or has changed nothing.
async function withStores(mode, use) {
  const database = await open();
  try {
    const transaction = database.transaction([RUNS, IMAGES], mode);
    const ended = new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
    const [result] = await Promise.all([use(transaction.objectStore(RUNS), transaction.objectStore(IMAGES)), ended]);
    return result;
  } finally {
    database.close();
  }
}

// Ids of the runs that a page has open, this one included. Where there are no locks, none is known to be.
async function openRuns() {
  const held = await navigator.locks?.query().then(({held}) => held, () => []) ?? [];
  return new Set(held.map(({name}) => name));
}

// Says that this page has the run open until release() is called or the page is gone. Returns release.
export function holdRun(id) {
  let release;
  const until = new Promise((done) => { release = done; });
  navigator.locks?.request(lockName(id), () => until).catch(() => {});
  return release;
}

// Keeps the run instead of an earlier state of it, and instead of others that no page has open. `images` only needs to
// be given the first time. Throws if it cannot.
export async function keepRun({images, ...run}) {
  const open = await openRuns();
  await withStores('readwrite', async (runs, ownImages) => {
    await answer(runs.put({...run, kept: Date.now()}));
    if (images) await answer(ownImages.put({id: run.id, ...images}));
    for (const id of await answer(runs.getAllKeys())) {
      if (id === run.id || open.has(lockName(id))) continue;
      runs.delete(id);
      ownImages.delete(id);
    }
  });
  localStorage.setItem(MARK, '1');
}

// The newest run that no page has open, or undefined.
export async function keptRun() {
  const open = await openRuns();
  return withStores('readonly', async (runs, images) => {
    const free = (await answer(runs.getAll())).filter(({id}) => !open.has(lockName(id)));
    const newest = free.sort((a, b) => b.kept - a.kept)[0];
    return newest && {...newest, images: await answer(images.get(newest.id))};
  });
}

export async function forgetRun(id) {
  const left = await withStores('readwrite', async (runs, images) => {
    runs.delete(id);
    images.delete(id);
    return answer(runs.count());
  });
  if (!left) localStorage.removeItem(MARK);
}
