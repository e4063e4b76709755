// Starts the page: the first garment as early as it can be seen, and then the explorer.

import {downloadEarly, explorerFiles, filesAreKept, isOneFile, likelyModel, readManifest, startProgress} from './arrivals.js';
import {startFirstView} from './first_view.js';
import {keepForOffline} from './offline.js';
import {canvas, fail, isGuest, tell} from './status.js';

function missingFeature() {
  return typeof WebAssembly === 'object' ? null : 'This browser has no WebAssembly, which the explorer is made of.';
}

async function start() {
  const missing = missingFeature();
  if (missing) return fail(missing, false);
  const first = isOneFile() ? null : startFirstView(canvas), progress = startProgress(tell);
  canvas.addEventListener('loom-failed', () => first?.end());
  try {
    await startWhatCanBe(progress, first);
  } finally {
    progress.end();
  }
}

async function startWhatCanBe(progress, first) {
  const files = explorerFiles(progress);
  if (!first || filesAreKept()) files();
  const models = await readManifest(), early = likelyModel(models);
  let begun, onBegun = () => first?.show(begun, () => likelyModel(models) === early); // the first bytes of the weight file
  const {file, quiet} = downloadEarly(models[early], progress, (bytes) => {
    begun = bytes;
    onBegun();
  });
  file.catch(() => {}); // handled where it is awaited
  const downloads = new Map([[early, file]]);
  // Until there is something to see, nothing else takes a part of a slow network, or of the processor.
  await Promise.race([first?.painted, quiet]);
  const {wasm, script, host} = files(), compiled = await wasm;
  const [{default: createModule}, {runExplorer}] = await Promise.all([script, host]);
  const explorer = await runExplorer({compiled, createModule, models, downloads, onGarment: () => first?.end()});
  onBegun = () => explorer.receiveStart(early, begun);
  if (begun) onBegun();
  explorer.connect();
  if (!isGuest) keepForOffline();
}

start().catch((error) => fail(`The explorer does not start: ${error.message}`, true));
