// Starts the page: the first garment as early as it can be seen, and then the explorer.

import {downloadEarly, explorerFiles, filesAreKept, isOneFile, likelyModel, readManifest, startProgress} from './arrivals.js';
import {inTime} from './download.js';
import {startFirstView} from './first_view.js';
import {keepForOffline} from './offline.js';
import {announce, canvas, fail, hush, isGuest, tell} from './status.js';

function missingFeature() {
  return typeof WebAssembly === 'object' ? null : 'This browser has no WebAssembly, which the explorer is made of.';
}

// It may be switched off, or the graphics driver blocked.
function hasGraphics() {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(context);
}

// Plane and garment, drawn without WebGL.
async function startPlain(manifest) {
  const [{startFallback}, {writeAddress}, models] = await Promise.all([inTime(import('./fallback.js')), inTime(import('./address.js')), manifest]);
  await startFallback({canvas, models, link: location.hash, writeAddress});
  hush();
  document.getElementById('share')?.remove();
  if (isGuest) announce('failed', 'There is no WebGL 2 here: plane and garment are drawn, but nothing can be set from outside.');
  if (window === window.parent) canvas.focus({preventScroll: true});
  keepForOffline();
}

async function start() {
  const missing = missingFeature();
  if (missing) return fail(missing, false);
  const manifest = readManifest(); // on its way while the graphics are looked at
  manifest.catch(() => {}); // handled where it is awaited
  if (!hasGraphics()) return startPlain(manifest);
  const progress = startProgress(tell), first = isOneFile() ? null : startFirstView(canvas);
  canvas.addEventListener('loom-failed', () => first?.end());
  try {
    await startExplorer(manifest, progress, first);
  } finally {
    progress.end();
  }
}

async function startExplorer(manifest, progress, first) {
  const files = explorerFiles(progress);
  if (!first || filesAreKept()) files();
  const models = await manifest, early = likelyModel(models);
  let explorer, begun; // the first bytes of the weight file
  const showStart = () => explorer && begun && explorer.receiveStart(early, begun);
  const {file, quiet} = downloadEarly(models[early], progress, (bytes) => {
    begun = bytes;
    explorer ? showStart() : first?.show(bytes, () => likelyModel(models) === early);
  });
  file.catch(() => {}); // handled where it is awaited
  // Until there is something to see, nothing else takes a part of a slow network.
  await Promise.race([first?.painted, quiet]);
  const {wasm, script, host} = files(), compiled = await wasm;
  const [{default: createModule}, {runExplorer}] = await Promise.all([script, host]);
  explorer = await runExplorer({compiled, createModule, models, downloads: new Map([[early, file]]), onGarment: (module) => endWhenDrawn(first, module)});
  showStart();
  explorer.connect();
  if (!isGuest) keepForOffline();
}

// The first view goes when the explorer has drawn a frame with what takes its place; a frame that is held back does not count.
function endWhenDrawn(first, module) {
  const before = module._loom_frames();
  const look = () => module._loom_frames() > before ? first?.end() : requestAnimationFrame(look);
  look();
}

start().catch((error) => fail(`The explorer does not start: ${error.message}`, true));
