// Loads the files that the explorer starts from, the most useful first, and shows the progress.

import {download, downloadModule, withTimeout} from './download.js';
import {TEXTS} from './texts.js';

const MANIFEST = 'build.json';
const VERSION = ''; // tools/assemble_dist.py sets it, so that no browser takes the list of an older version from its cache
const MAX_MANIFEST_BYTES = 2 ** 20; // a hundred times the size of ours
const PROGRESS_DELAY = 400; // ms
const SILENCE = 3000; // ms without bytes of the weight file, after which the explorer stops waiting for the first view

// {models, training}: the models, and the data packs for training.
export async function readManifest() {
  const bytes = await download(MANIFEST + VERSION, {name: MANIFEST, maxBytes: MAX_MANIFEST_BYTES});
  try {
    const {models, training = []} = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
    if (!models.length) throw new Error('no models');
    return {models, training};
  } catch (error) {
    throw new Error(`${MANIFEST}: ${TEXTS.start.notTheManifest}`, {cause: error});
  }
}

// The index of the model that the address names, or 0. It only decides what is downloaded early; the module decides
// what is shown.
export function likelyModel(models) {
  const name = /[#&]m=([\w.-]+)/.exec(location.hash)?.[1];
  return Math.max(0, models.findIndex((model) => model.name === name));
}

// Whether all files are inside the page itself (tools/dist_forms.py).
export const isSingleFile = () => Boolean(document.getElementById(`file:${MANIFEST}`));

// In a sandboxed frame even reading this property throws.
function isServedByWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

// Whether this script came from a cache; then the other files will, too. Browsers report no sizes for other origins.
export function filesAreCached() {
  const [own] = performance.getEntriesByName(import.meta.url);
  return isServedByWorker() || (own?.transferSize === 0 && own.decodedBodySize > 0);
}

// Shows how much of the explorer's files has been downloaded; on a fast network it ends before anything is shown.
export function startProgress(show) {
  const parts = new Map();
  const timer = setInterval(() => {
    const [loaded, total] = [...parts.values()].reduce((sums, part) => sums.map((sum, i) => sum + part[i]), [0, 0]);
    if (total > 0) show(TEXTS.start.progress(Math.floor(100 * loaded / total)));
  }, PROGRESS_DELAY);
  return {watch: (name, total) => (parts.set(name, [0, total]), (loaded) => parts.set(name, [loaded, total])), end: () => clearInterval(timer)};
}

// Imports a module, and once more if that fails. Browsers cache the failure by the URL, so importAgain uses another
// one. The download between the two throws an error that says why the import failed.
async function importTwice(address, expected, importFirst, importAgain) {
  try {
    return await withTimeout(importFirst());
  } catch {
    await download(address, expected);
    return withTimeout(importAgain());
  }
}

// Returns a function that returns promises of the explorer's own files, {wasm, script, host}. Its first call fetches
// them.
export function explorerFiles(progress) {
  const bytes = +'@loom-explorer.wasm#bytes@', onProgress = progress.watch('wasm', bytes);
  let files;
  return () => {
    if (files) return files;
    files = {
      wasm: downloadModule('@loom-explorer.wasm@', {name: 'loom-explorer.wasm', bytes, sha256: '@loom-explorer.wasm#sha256@', onProgress}),
      // The browser checks the integrity of this one (import map in index.html).
      script: importTwice('@loom-explorer.js@', {name: 'loom-explorer.js', bytes: +'@loom-explorer.js#bytes@', sha256: '@loom-explorer.js#sha256@'},
        () => import('@loom-explorer.js@'), () => import('@loom-explorer.js@?again')),
      host: importTwice('host.js', {name: 'host.js'}, () => import('./host.js'), () => import('./host.js?again')),
    };
    for (const file of Object.values(files)) file.catch(() => {}); // handled where they are awaited
    return files;
  };
}

// Downloads the weight file that will probably be needed. Calls onStart(bytes) when its decoder has arrived. `quiet`
// resolves when the download has ended or failed, or when it stalls before the decoder has arrived.
export function downloadEarly({path, bytes, sha256, start_bytes: startBytes}, progress, onStart) {
  const watch = progress.watch('model', bytes);
  let timer, giveUp;
  const silence = new Promise((resolve) => { giveUp = resolve; });
  const restart = (loaded) => {
    clearTimeout(timer);
    if (loaded < startBytes) timer = setTimeout(giveUp, SILENCE);
  };
  restart(0);
  const file = download(path, {bytes, sha256, startBytes, onStart, onProgress: (loaded) => (restart(loaded), watch(loaded))});
  return {file, quiet: Promise.race([silence, file.then(() => {}, () => {}).finally(() => clearTimeout(timer))])};
}
