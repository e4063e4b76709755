// Starts the explorer and connects it with the browser: files, address, theme, screen reader. It knows nothing about
// pixels or latent spaces; the wasm module does. Only this file and inspector.js touch the module.

import {download, downloadModule, inTime} from './download.js';
import {inspector, place, textReader} from './inspector.js';
import {lend, lendText} from './lending.js';
import {keepForOffline} from './offline.js';
import {openFile} from './own_files.js';
import {printWhatIsSeen} from './printing.js';

const MANIFEST = 'build.json';
const ADDRESS_DELAY = 300; // ms; browsers complain about more than some hundred changes a minute
const PROGRESS_DELAY = 400; // ms
const SPEECH_DELAY = 700;  // ms without a change, so that a drag is not read out point by point

const canvas = document.getElementById('canvas');
const status = document.getElementById('status');
const statusText = document.getElementById('status-text');
const retry = document.getElementById('retry');
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

// In embed.html the page is a guest: frame.js and messages.js listen to these events of the canvas.
const isGuest = 'embed' in document.documentElement.dataset;
const announce = (type, detail) => canvas.dispatchEvent(new CustomEvent(`loom-${type}`, {detail}));

function tell(text, canRetry) {
  statusText.textContent = text;
  retry.hidden = !canRetry;
  status.hidden = false;
}
function fail(text, canRetry) {
  tell(text, canRetry);
  announce('failed', text);
}
let controls = null; // beside the canvas, once the module runs
retry.onclick = () => location.reload();

// --- start ------------------------------------------------------------------------------------------------------------

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
async function startPlain() {
  const [{startFallback}, models] = await Promise.all([inTime(import('./fallback.js')), readManifest()]);
  await startFallback({canvas, models, link: location.hash, writeAddress});
  status.hidden = true;
  document.getElementById('share')?.remove();
  if (isGuest) announce('failed', 'There is no WebGL 2 here: plane and garment are drawn, but nothing can be set from outside.');
  if (window === window.parent) canvas.focus({preventScroll: true});
  keepForOffline();
}

// The model that the address asks for, or the first. Only a guess of what to download early: the module decides.
function likelyModel(models) {
  const name = /[#&]m=([\w.-]+)/.exec(location.hash)?.[1];
  return Math.max(0, models.findIndex((model) => model.name === name));
}

// What has come of the files that the explorer cannot start without; a fast network never sees it.
function startProgress() {
  const parts = new Map();
  const timer = setInterval(() => {
    const sums = [...parts.values()].reduce(([come, all], part) => [come + part[0], all + part[1]], [0, 0]);
    if (sums[1] > 0) tell(`Loading the explorer… ${Math.floor(100 * sums[0] / sums[1])} %`, false);
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

async function readManifest() {
  const bytes = await download(MANIFEST, {name: MANIFEST});
  try {
    const {models} = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
    if (!models.length) throw new Error('no models');
    return models;
  } catch (error) {
    throw new Error(`${MANIFEST}: it is not the list of models that belongs to this page, but perhaps a log-in page of the network`, {cause: error});
  }
}

async function start() {
  const missing = missingFeature();
  if (missing) return fail(missing, false);
  if (!hasGraphics()) return startPlain();
  const progress = startProgress(), wasmBytes = +'@loom-explorer.wasm#bytes@';
  const wasm = downloadModule('@loom-explorer.wasm@', {name: 'loom-explorer.wasm', bytes: wasmBytes, sha256: '@loom-explorer.wasm#sha256@',
    onProgress: progress.watch('wasm', wasmBytes)});
  const script = importScript();
  wasm.catch(() => {}); // handled below, where it is awaited
  script.catch(() => {});
  try {
    await startModule(wasm, script, progress);
  } finally {
    progress.end();
  }
}

async function startModule(wasm, script, progress) {
  const models = await readManifest();
  const early = likelyModel(models), {path, bytes, sha256, start_bytes: startBytes} = models[early];
  // The first garment is drawn when its decoder is there, before the rest of the file.
  let module, start;
  const showStart = () => module && start && lend(module, start, (at) => {
    if (module._loom_receive_start(early, at, start.length)) status.hidden = true; // it would cover the garment
  });
  const onStart = (come) => { start = come; showStart(); };
  const downloads = new Map([[early, download(path, {bytes, sha256, startBytes, onStart, onProgress: progress.watch('model', bytes)})]]);
  downloads.get(early).catch(() => {});
  const compiled = await wasm;
  const {default: createModule} = await script;
  const host = makeHost(() => module, models, downloads);
  module = await createModule({
    canvas,
    arguments: [location.hash, darkScheme.matches ? 'dark' : 'light', JSON.stringify({models})],
    host,
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled), (error) => fail(error.message, true));
      return {};
    },
  });
  showStart();
  host.ready();
  connect(module, models);
  connectControls(module).catch(() => {}); // the canvas works without them
  if (!isGuest) keepForOffline();
}

// --- what the module asks of the browser ------------------------------------------------------------------------------

function makeHost(getModule, models, downloads) {
  const flush = () => shown !== null && addressTimer && writeAddress(shown);
  addEventListener('pagehide', flush); // a page that comes back begins where it was left
  let addressTimer = 0, speechTimer = 0, shown = null;
  const waiting = []; // requests made before the module is ready to take answers

  async function serve(index) {
    const module = getModule();
    const progress = (share) => module._loom_progress(index, share);
    const {path, bytes: expected, sha256} = models[index];
    const coming = downloads.get(index) ?? download(path, {bytes: expected, sha256, onProgress: (come) => progress(come / expected)});
    downloads.delete(index);
    try {
      const bytes = await coming;
      lend(module, bytes, (at) => module._loom_receive(index, at, bytes.length));
    } catch (error) {
      lendText(module, error.message, (at, length) => module._loom_receive_failure(index, at, length));
    }
  }

  async function serveReplay(index) {
    const module = getModule(), {path, bytes: expected, sha256} = models[index].replay;
    try {
      const bytes = await download(path, {bytes: expected, sha256});
      lend(module, bytes, (at) => module._loom_receive_replay(index, at, bytes.length));
    } catch (error) {
      lendText(module, error.message, (at, length) => module._loom_receive_replay_failure(index, at, length));
    }
  }

  return {
    ready() {
      waiting.splice(0).forEach(serve);
    },
    requestReplay(index) {
      serveReplay(index);
    },
    request(index) {
      getModule() ? serve(index) : waiting.push(index);
    },
    changed(link, spoken, dark) {
      status.hidden = true;
      announce('changed');
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
      if (shown !== null && shown !== link) {
        clearTimeout(addressTimer);
        addressTimer = setTimeout(() => writeAddress(link), ADDRESS_DELAY);
      }
      shown = link;
      controls?.refresh();
      clearTimeout(speechTimer);
      speechTimer = setTimeout(() => { document.getElementById('spoken').textContent = spoken; }, SPEECH_DELAY);
    },
    fail(text) {
      fail(text, true);
    },
    share: isGuest ? undefined : () => openShare(getModule()),
    chooseFile() {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = '.safetensors,.idx,.gz,image/*';
      input.onchange = () => input.files.length && openFile(getModule(), input.files[0]);
      input.click();
    },
  };
}

// The dialog is fetched when it is wanted, so that nobody else waits for it.
async function openShare(module) {
  // Read in the task that drew it: the browser clears the drawing buffer afterwards.
  const picture = () => {
    module._loom_draw_now();
    return new Promise((done) => canvas.toBlob(done, 'image/png'));
  };
  try {
    (await import('./share.js')).openShare({state: window.loom.state, model: window.loom.model, spoken: window.loom.spoken, picture});
  } catch {
    lendText(module, 'The share dialog cannot be loaded; is the network there?', (at, length) => module._loom_tell(at, length));
  }
}

// Fetched when the explorer runs, so that the first garment does not wait for them.
async function connectControls(module) {
  const {makeControls} = await import('./controls.js'), text = textReader(module);
  controls = makeControls({
    canvas,
    ask(what, value) {
      lendText(module, what, (at, length) => lendText(module, String(value), (value_at, value_length) =>
        module._loom_ask(at, length, value_at, value_length)));
    },
    lists: () => JSON.parse(text(module._loom_lists())),
    state: () => JSON.parse(text(module._loom_mirror()) || 'null'),
    place: () => place(module, 'controls'),
  });
  controls.refreshNow();
}

let knownHash = location.hash; // read or written last
addEventListener('hashchange', () => { knownHash = location.hash; });

function writeAddress(link) {
  if (location.hash !== knownHash) return; // somebody has just changed it, and the event that says so is on its way
  try {
    history.replaceState(null, '', `${location.pathname}${location.search}#${link}`);
    knownHash = location.hash;
  } catch {
    // Frames without an address of their own cannot have one.
  }
}

// --- what the browser tells the module --------------------------------------------------------------------------------

// Keys that the explorer takes while the canvas has the focus. All others, Tab and the browser's own among them, must
// not reach SDL, which would swallow them.
function isOurKey(event) {
  if (event.ctrlKey || event.metaKey) return event.key === 'Control' || event.key === 'Meta';
  return event.key.length === 1 || /^(Arrow\w+|Home|Escape|Shift|Alt|Control|Meta)$/.test(event.key);
}

function connect(module, models) {
  for (const type of ['keydown', 'keyup', 'keypress'])
    canvas.addEventListener(type, (event) => isOurKey(event) || event.stopImmediatePropagation(), {capture: true});
  canvas.addEventListener('pointerdown', () => canvas.focus({preventScroll: true}));
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // else it would not come back
    module._loom_graphics(false);
  });
  canvas.addEventListener('webglcontextrestored', () => module._loom_graphics(true));
  addEventListener('hashchange', () => lendText(module, location.hash, (at, length) => module._loom_follow_link(at, length)));
  darkScheme.addEventListener('change', () => module._loom_system_theme(darkScheme.matches));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) openFile(module, event.dataTransfer.files[0]);
  });
  addEventListener('paste', (event) => {
    const file = [...event.clipboardData.files].find(({type}) => type.startsWith('image/'));
    if (file) openFile(module, file);
  });
  watchPixelRatio();
  printWhatIsSeen(canvas, () => module._loom_draw_now());
  if (window === window.parent) canvas.focus({preventScroll: true});
  window.loom = inspector(module);
  document.getElementById('share')?.addEventListener('click', () => openShare(module));
  announce('ready', remote(module, models));
}

// What a host page may do with the explorer (messages.js), and what the page around it needs (frame.js, share.js).
function remote(module, models) {
  return Object.freeze({
    models: models.map(({name, title}) => ({name, title: title ?? name})),
    follow: (link) => lendText(module, link, (at, length) => module._loom_follow_link(at, length)),
    place: (z1, z2) => module._loom_set_z(z1, z2),
    pause: (paused) => module._loom_pause(paused),
    get somethingIsOpen() { return Boolean(module._loom_something_open()); },
  });
}

// A window that moves to another screen changes its pixel ratio, often without a resize event.
function watchPixelRatio() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    dispatchEvent(new Event('resize'));
    watchPixelRatio();
  }, {once: true});
}

start().catch((error) => fail(`The explorer does not start: ${error.message}`, true));
