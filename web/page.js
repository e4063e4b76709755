// Starts the page: the first garment as early as it can be seen, and then the explorer.

import {downloadEarly, explorerFiles, filesAreCached, isSingleFile, likelyModel, readManifest, startProgress} from './loader.js';
import {withTimeout} from './download.js';
import {startFirstView} from './first_view.js';
import {announce, canvas, fail, hideStatus, isEmbedded, showStatus} from './status.js';
import {TEXTS} from './texts.js';

function missingFeature() {
  return typeof WebAssembly === 'object' ? null : TEXTS.start.noWebAssembly;
}

// It may be switched off, or the graphics driver blocked. Asking takes a while where the processor draws, so it is done once.
let graphics;
function hasGraphics() {
  if (graphics === undefined) {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    graphics = Boolean(context);
  }
  return graphics;
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
  if ((!first || filesAreCached()) && hasGraphics()) files();
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
  if (!hasGraphics()) return startPlain(models, downloads, first);
  const {wasm, script, host} = files(), compiled = await wasm;
  const [{default: createModule}, {runExplorer}] = await Promise.all([script, host]);
  const explorer = await runExplorer({compiled, createModule, models, downloads, onGarment: (module) => endWhenDrawn(first, module)});
  onBegun = () => explorer.receiveStart(early, begun);
  if (begun) onBegun();
  explorer.connect();
}

// Plane and garment, drawn without WebGL.
async function startPlain(models, downloads, first) {
  const [{startFallback}, {writeAddress}] = await Promise.all([withTimeout(import('./fallback.js')), withTimeout(import('./address.js'))]);
  await startFallback({canvas, models, downloads, link: location.hash, writeAddress});
  requestAnimationFrame(() => first?.end()); // in the frame in which the other has been drawn
  hideStatus();
  document.getElementById('share')?.remove();
  if (isEmbedded) announce('failed', 'There is no WebGL 2 here: plane and garment are drawn, but nothing can be set from outside.');
  if (window === window.parent) canvas.focus({preventScroll: true});
  import('./offline.js').then(({keepForOffline}) => keepForOffline(), () => {});
}

// The first view goes when the explorer has drawn a frame with what takes its place; a frame that is held back does not count.
function endWhenDrawn(first, module) {
  const before = module._loom_frames();
  const look = () => module._loom_frames() > before ? first?.end() : requestAnimationFrame(look);
  look();
}

start().catch((error) => fail(TEXTS.start.failed(error.message), true));
