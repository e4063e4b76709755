// The files that the explorer starts from, in the order in which they are worth most, and what is said while they come.

import {download, downloadModule, inTime} from './download.js';

const MANIFEST = 'build.json';
const MAX_MANIFEST_BYTES = 2 ** 20; // a hundred times what our own has
const PROGRESS_DELAY = 400; // ms
const QUIET = 3000; // ms without a byte of the weight file, until the explorer no longer waits for the first view

export async function readManifest() {
  const bytes = await download(MANIFEST, {name: MANIFEST, maxBytes: MAX_MANIFEST_BYTES});
  try {
    const {models} = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
    if (!models.length) throw new Error('no models');
    return models;
  } catch (error) {
    throw new Error(`${MANIFEST}: it is not the list of models that belongs to this page, but perhaps a log-in page of the network`, {cause: error});
  }
}

// The model that the address asks for, or the first. Only a guess of what to download early: the module decides.
export function likelyModel(models) {
  const name = /[#&]m=([\w.-]+)/.exec(location.hash)?.[1];
  return Math.max(0, models.findIndex((model) => model.name === name));
}

// All files are in the page itself (tools/dist_forms.py).
export const isOneFile = () => Boolean(document.getElementById(`file:${MANIFEST}`));

// Sandboxed frames may not even ask.
function isServedByWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

// This script came without a byte from the network, so the others will, too. What is not told (of another origin) has no size.
export function filesAreKept() {
  const [own] = performance.getEntriesByName(import.meta.url);
  return isServedByWorker() || (own?.transferSize === 0 && own.decodedBodySize > 0);
}

// How much has come of the files that the explorer cannot start without; a fast network never sees it.
export function startProgress(tell) {
  const parts = new Map();
  const timer = setInterval(() => {
    const sums = [...parts.values()].reduce(([come, all], part) => [come + part[0], all + part[1]], [0, 0]);
    if (sums[1] > 0) tell(`Loading the explorer… ${Math.floor(100 * sums[0] / sums[1])} %`);
  }, PROGRESS_DELAY);
  return {watch: (name, all) => (parts.set(name, [0, all]), (come) => parts.set(name, [come, all])), end: () => clearInterval(timer)};
}

// A script's integrity is checked by the browser (import map in index.html). One that failed stays failed under its address.
async function importScript() {
  try {
    return await inTime(import('@loom-explorer.js@'));
  } catch {
    await download('@loom-explorer.js@', {name: 'loom-explorer.js', bytes: +'@loom-explorer.js#bytes@', sha256: '@loom-explorer.js#sha256@'});
    return inTime(import('@loom-explorer.js@?again'));
  }
}

// The explorer's own files, asked for by the first call of what is returned: {wasm, script, host}, three promises.
export function explorerFiles(progress) {
  const bytes = +'@loom-explorer.wasm#bytes@', onProgress = progress.watch('wasm', bytes);
  let files;
  return () => {
    if (files) return files;
    files = {
      wasm: downloadModule('@loom-explorer.wasm@', {name: 'loom-explorer.wasm', bytes, sha256: '@loom-explorer.wasm#sha256@', onProgress}),
      script: importScript(),
      host: inTime(import('./host.js')),
    };
    for (const file of Object.values(files)) file.catch(() => {}); // handled where they are awaited
    return files;
  };
}

// The weight file that is likely to be wanted. onStart(bytes): its decoder is there. `quiet` is settled when the file is, or
// when nothing has come of it for a while and the decoder is not there.
export function downloadEarly({path, bytes, sha256, start_bytes: startBytes}, progress, onStart) {
  const watch = progress.watch('model', bytes);
  let timer, giveUp;
  const silence = new Promise((resolve) => { giveUp = resolve; });
  const alive = (come) => {
    clearTimeout(timer);
    if (come < startBytes) timer = setTimeout(giveUp, QUIET);
  };
  alive(0);
  const file = download(path, {bytes, sha256, startBytes, onStart, onProgress: (come) => (alive(come), watch(come))});
  return {file, quiet: Promise.race([silence, file.then(() => {}, () => {}).finally(() => clearTimeout(timer))])};
}
