// Starts the page: shows the first image as early as possible, then starts the explorer.

import {downloadEarly, explorerFiles, filesAreCached, isSingleFile, likelyModel, readManifest, startProgress} from './loader.js';
import {startFirstView} from './first_view.js';
import {canvas, fail, showStatus} from './status.js';
import {TEXTS} from './texts.js';

function missingFeature() {
  return typeof WebAssembly === 'object' ? null : TEXTS.start.noWebAssembly;
}

async function start() {
  const missing = missingFeature();
  if (missing) return fail(missing, false);
  const first = isSingleFile() ? null : startFirstView(canvas), progress = startProgress(showStatus);
  canvas.addEventListener('loom-failed', () => first?.end());
  try {
    await startWhatCanBe(progress, first);
  } finally {
    progress.end();
  }
}

async function startWhatCanBe(progress, first) {
  const files = explorerFiles(progress);
  if (!first || filesAreCached()) files();
  const {models, training} = await readManifest(), early = likelyModel(models);
  let begun, onBegun = () => first?.show(begun, () => likelyModel(models) === early); // the first bytes of the weight file
  const {file, quiet} = downloadEarly(models[early], progress, (bytes) => {
    begun = bytes;
    onBegun();
  });
  file.catch(() => {}); // handled where it is awaited
  const downloads = new Map([[early, file]]);
  // Until the first image is painted, nothing else may take bandwidth of a slow network, or CPU time.
  await Promise.race([first?.painted, quiet]);
  const {wasm, script, host} = files(), compiled = await wasm;
  const [{default: createModule}, {runExplorer}] = await Promise.all([script, host]);
  const explorer = await runExplorer({compiled, createModule, models, training, downloads, onImage: () => first?.end()});
  onBegun = () => explorer.receiveStart(early, begun);
  if (begun) onBegun();
  explorer.connect();
}

start().catch((error) => fail(TEXTS.start.failed(error.message), true));
