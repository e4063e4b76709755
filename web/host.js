// Connects the explorer's module with the browser: files, address, theme, screen reader. Drawing and computing are the
// work of the wasm module. Only this file, host_training.js, share.js and inspector.js access the module.

import {pushAddress, writeAddress} from './address.js';
import {download} from './download.js';
import {connectDropZone} from './drop_zone.js';
import {inspector, place, textReader} from './inspector.js';
import {withHeapCopy, withHeapText} from './heap.js';
import {onDemand, untilLoaded} from './on_demand.js';
import {openDropped, openFile, openFiles} from './own_files.js';
import {printCanvas} from './printing.js';
import {makeSheet} from './sheet.js';
import {connectShortcuts, frameMapForKeyboards, passKeysOn} from './shortcuts.js';
import {announce, canvas, fail, hideStatus, isEmbedded} from './status.js';
import {TEXTS} from './texts.js';

const ADDRESS_DELAY = 300; // ms; browsers complain about more than some hundred changes a minute
const SPEECH_DELAY = 700;  // ms without a change, so that a drag is not read out point by point
const RESTORE_TIME = 2000; // ms within which a browser restores a lost WebGL context, if at all

// The module's script uses this class with instanceof. Browsers without WebGL do not define it.
globalThis.WebGLRenderingContext ??= class {};

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const sheet = makeSheet(canvas);
let controls = null; // beside the canvas, once the module runs

const loadShare = onDemand('share.js', (suffix) => suffix ? import(`./share.js${suffix}`) : import('./share.js'));
const loadFind = onDemand('find.js', (suffix) => suffix ? import(`./find.js${suffix}`) : import('./find.js'));
const loadFilm = onDemand('film.js', (suffix) => suffix ? import(`./film.js${suffix}`) : import('./film.js'));
const loadOffline = onDemand('offline.js', (suffix) => suffix ? import(`./offline.js${suffix}`) : import('./offline.js'));
const loadPacks = onDemand('packs.js', (suffix) => suffix ? import(`./packs.js${suffix}`) : import('./packs.js'));
const loadTraining = onDemand('host_training.js', (suffix) => suffix ? import(`./host_training.js${suffix}`) : import('./host_training.js'));
const loadControls = onDemand('controls.js', (suffix) => suffix ? import(`./controls.js${suffix}`) : import('./controls.js'));

// --- start ------------------------------------------------------------------------------------------------------------

// compiled, createModule: the module and its script; downloads: promises of weight files that were requested before, by
// index in `models`; training: the data packs for training; onImage(): called when the module has drawn the image or an error. Returns {receiveStart(index,
// bytes), which takes the start of a weight file, connect()}.
export async function runExplorer({compiled, createModule, models, training, downloads, onImage}) {
  let module;
  const host = makeHost(() => module, models, training, downloads, () => whenDrawn(module, onImage));
  module = await createModule({
    canvas,
    arguments: [location.hash, darkScheme.matches ? 'dark' : 'light', JSON.stringify({models: models.map(withoutHashes)})],
    host,
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled), (error) => fail(error.message, true));
      return {};
    },
  });
  return {
    receiveStart: (index, bytes) => withHeapCopy(module, bytes, (at) => {
      if (!module._loom_receive_start(index, at, bytes.length)) return;
      hideStatus(); // it would cover the image
      whenDrawn(module, onImage);
    }),
    connect() {
      host.ready();
      connect(module, models, training);
      connectControls(module);
      offerKeptTraining(module, training);
      if (!isEmbedded) untilLoaded(loadOffline).then(({keepForOffline}) => keepForOffline());
    },
  };
}

// Without hashes the module does not check files again, which download.js has already checked.
const withoutHashes = ({replay, ...model}) => ({...model, sha256: '', ...(replay && {replay: {...replay, sha256: ''}})});

// Calls then() after the module has drawn its next frame. Animation frames in which it draws nothing do not count.
function whenDrawn(module, then) {
  const before = module._loom_frames();
  const look = () => module._loom_frames() > before ? then() : requestAnimationFrame(look);
  look();
}

// --- calls from the module to the browser -----------------------------------------------------------------------------

function makeHost(getModule, models, training, downloads, onImage) {
  const flush = () => shown !== null && addressTimer && writeAddress(shown);
  addEventListener('pagehide', flush); // so that a page that is opened again continues where it was left
  let addressTimer = 0, speechTimer = 0, shown = null, speaking = '', jumpsBefore = 0;
  const waiting = []; // requests made before the module can receive answers

  async function serve(index) {
    const module = getModule();
    const progress = (share) => module._loom_progress(index, share);
    const {path, bytes: expected, sha256} = models[index];
    const coming = downloads.get(index) ?? download(path, {bytes: expected, sha256, onProgress: (come) => progress(come / expected)});
    downloads.delete(index);
    try {
      const bytes = await coming;
      withHeapCopy(module, bytes, (at) => module._loom_receive(index, at, bytes.length));
    } catch (error) {
      withHeapText(module, error.message, (at, length) => module._loom_receive_failure(index, at, length));
    }
    onImage();
  }

  async function serveReplay(index) {
    const module = getModule(), {path, bytes: expected, sha256} = models[index].replay;
    try {
      const bytes = await download(path, {bytes: expected, sha256});
      withHeapCopy(module, bytes, (at) => module._loom_receive_replay(index, at, bytes.length));
    } catch (error) {
      withHeapText(module, error.message, (at, length) => module._loom_receive_replay_failure(index, at, length));
    }
  }

  // block: -1 is the header.
  async function servePack(index, block) {
    const module = getModule(), pack = models[index].images;
    try {
      const {packBlock, packHeader} = await loadPacks();
      const bytes = await (block < 0 ? packHeader(pack) : packBlock(pack, block));
      withHeapCopy(module, bytes, (at) => block < 0 ? module._loom_receive_pack_header(index, at, bytes.length)
        : module._loom_receive_pack_block(index, block, at, bytes.length));
    } catch (error) {
      withHeapText(module, error.message, (at, length) => module._loom_receive_pack_failure(index, block, at, length));
    }
  }

  return {
    ready() {
      waiting.splice(0).forEach(serve);
    },
    requestReplay: serveReplay,
    saveText: (name, text) => save(name, new Blob([text], {type: 'text/csv'})),
    saveImage(name, grey, width, height) {
      const sheet = Object.assign(document.createElement('canvas'), {width, height});
      const rgba = Uint8ClampedArray.from({length: 4 * grey.length}, (_, i) => i % 4 === 3 ? 255 : grey[i >> 2]);
      sheet.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
      sheet.toBlob((image) => save(name, image), 'image/png');
    },
    requestPackHeader: (index) => servePack(index, -1),
    requestPackBlock: servePack,
    request: (index) => getModule() ? serve(index) : waiting.push(index),
    changed(link, spoken, dark, jumps) {
      hideStatus();
      announce('changed');
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
      if (shown !== null && shown !== link) {
        clearTimeout(addressTimer);
        if (jumps !== jumpsBefore) {
          writeAddress(shown); // what Back returns to
          pushAddress(link);
        } else addressTimer = setTimeout(() => writeAddress(link), ADDRESS_DELAY);
      }
      jumpsBefore = jumps;
      shown = link;
      controls?.refresh();
      if (spoken === speaking) return; // the panel of a running training changes all the time
      speaking = spoken;
      clearTimeout(speechTimer);
      speechTimer = setTimeout(() => { document.getElementById('spoken').textContent = spoken; }, SPEECH_DELAY);
    },
    fail(text) {
      fail(text, true);
    },
    show: (image) => sheet.show(image),
    train: training.length ? (...asked) => train(getModule(), training, ...asked) : undefined,
    film: () => saveFilm(getModule()),
    share: isEmbedded ? undefined : () => openShare(getModule()),
    lesson: lesson && (() => window.open(lesson, '_blank', 'noopener')),
    isFirstVisit,
    welcomed,
    find: (start) => openFind(getModule(), start),
    chooseFile() {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = '.safetensors,.idx,.gz,.pack,.zip,image/*';
      input.multiple = trainingIsOpen();
      input.onchange = () => openFiles(receiverOf(getModule(), training), [...input.files]);
      input.click();
    },
  };
}

// Where the course is; in a frame and in the single file there is none.
const lesson = isEmbedded ? undefined : document.querySelector('link[rel=help]')?.href;

// A card says what this is until the visitor has moved the ring. It is for people who come to the page itself, not for a
// frame or a link to a certain view.
const WELCOMED_MARK = 'latent-loom-welcomed';
function isFirstVisit() {
  try {
    return !isEmbedded && location.hash.length < 2 && !localStorage.getItem(WELCOMED_MARK);
  } catch {
    return false; // the browser forbids storage, so the card would come again at every visit
  }
}
function welcomed() {
  try {
    localStorage.setItem(WELCOMED_MARK, '1');
  } catch {
    // Then it comes again.
  }
}

// Offers a file for download.
function save(name, blob) {
  const url = URL.createObjectURL(blob), link = Object.assign(document.createElement('a'), {href: url, download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000); // the browser may still be reading it
}

// The receiver for own_files.js; packs: the data packs for training.
const receiverOf = (module, packs) => ({
  openFile: (name, bytes) => withHeapText(module, name, (at, length) => withHeapCopy(module, bytes, (data) =>
    module._loom_open_file(at, length, data, bytes.length))),
  openPack: (name, bytes) => loadPacks().then(({openPack}) => openPack(bytes,
    (header) => withHeapText(module, name, (at, length) => withHeapCopy(module, header, (data) =>
      module._loom_open_pack(at, length, data, header.length))),
    (block, images) => withHeapCopy(module, images, (data) => module._loom_open_pack_block(block, data, images.length)))),
  openImage: (name, grey, width, height) => withHeapText(module, name, (at, length) => withHeapCopy(module, grey, (data) =>
    module._loom_open_picture(at, length, data, width, height))),
  trainingIsOpen,
  openForTraining: (choose) => openForTraining(module, packs, choose),
  tell: (text) => withHeapText(module, text, (at, length) => module._loom_tell(at, length)),
});

// Draws what plays and offers it as a file. Afterwards the view is as before.
async function saveFilm(module) {
  const before = window.loom.state;
  try {
    const {writeFilm} = await loadFilm(), seconds = module._loom_film_seconds();
    const draw = (share) => {
      module._loom_film_frame(share);
      return sheet.seen;
    };
    const film = seconds > 0 ? await writeFilm({seconds, draw}) : null;
    if (film) save('latent-loom.gif', film);
  } catch (error) {
    receiverOf(module).tell(TEXTS.film.failed(error.message));
  }
  withHeapText(module, before, (at, length) => module._loom_follow_link(at, length));
}

async function openShare(module) {
  try {
    const {openShare: open} = await loadShare();
    await open({module, canvas, sheet});
  } catch (error) {
    receiverOf(module).tell(TEXTS.share.failed(error.message));
  }
}

async function openFind(module, start) {
  const text = textReader(module);
  try {
    const {openFind: open} = await loadFind();
    open({
      start,
      find(query) {
        let found;
        withHeapText(module, query, (at, length) => { found = JSON.parse(text(module._loom_find(at, length))); });
        return found;
      },
      go: (id) => dispatcher(module)('find', id),
      closed: () => canvas.focus({preventScroll: true}),
    });
  } catch (error) {
    receiverOf(module).tell(TEXTS.find.failed(error.message));
  }
}

const trainingIsOpen = () => /(^|&)tool=train(&|$)/.test(window.loom?.state ?? '');

// Reads images to train on. choose(own_images.js) gives the files.
async function openForTraining(module, packs, choose) {
  try {
    if (!packs.length) throw new Error(TEXTS.ownImages.noTraining);
    await (await trainerOf(module, packs)).openImages(choose);
  } catch (error) {
    receiverOf(module).tell(error.message);
  }
}

// host_training.js, loaded when it is first wanted.
let trainer = null; // a promise
function trainerOf(module, packs) {
  trainer ??= loadTraining().then(({connectTraining}) => connectTraining({
    module, packs, save, tellStatus: (status) => tellTraining(module, status), tell: receiverOf(module).tell,
  })).catch((error) => {
    trainer = null;
    throw error;
  });
  return trainer;
}

// Tells the explorer, and the page around it, how far the training is.
function tellTraining(module, status) {
  withHeapText(module, JSON.stringify(status), (at, length) => module._loom_training_status(at, length));
  if ('kept' in status) return; // only the panel says that
  const {phase, failure, progress: {epoch, epochs, training, images_per_second: imagesPerSecond, seconds_left: secondsLeft} = {}} = status;
  announce('training', {phase, ...epochs && {epoch, epochs, loss: training?.negative_elbo ?? null, imagesPerSecond, secondsLeft}, ...failure && {failure}});
}

// Passes a request about training on. Requests arrive in order, also while the file is being loaded.
async function train(module, packs, ...asked) {
  try {
    await (await trainerOf(module, packs)).ask(...asked);
  } catch (error) {
    tellTraining(module, {phase: 'failed', failure: TEXTS.train.failed(error.message)});
  }
}

const KEPT_MARK = 'latent-loom-training'; // set by training_store.js

// A run that an earlier visit left is offered in the panel. Without one nothing is loaded here.
async function offerKeptTraining(module, packs) {
  try {
    if (packs.length && localStorage.getItem(KEPT_MARK)) await (await trainerOf(module, packs)).offerKept();
  } catch {
    // The browser forbids storage, so nothing was kept.
  }
}

// The controls are loaded when the explorer runs, so that the first image does not wait for them.
const dispatcher = (module) => (what, value) => withHeapText(module, what, (at, length) =>
  withHeapText(module, String(value), (value_at, value_length) => module._loom_dispatch(at, length, value_at, value_length)));

async function connectControls(module) {
  const {makeControls} = await untilLoaded(loadControls), text = textReader(module); // the canvas works without them
  controls = makeControls({
    canvas,
    dispatch: dispatcher(module),
    lists: () => JSON.parse(text(module._loom_accessibility_lists())),
    state: () => JSON.parse(text(module._loom_accessibility_state()) || 'null'),
    place: () => place(module, 'controls'),
    hasHeader: () => place(module, 'header').height > 0,
  });
  controls.refreshNow();
}

// --- events from the browser to the module ----------------------------------------------------------------------------

// Keys that the explorer takes while the canvas has the focus. All others, Tab and the browser's own among them, must
// not reach SDL, which would swallow them.
function isOurKey(event) {
  if (event.ctrlKey || event.metaKey) return event.key === 'Control' || event.key === 'Meta';
  return event.key.length === 1 || /^(Arrow\w+|Home|Escape|Shift|Alt|Control|Meta)$/.test(event.key);
}

function connect(module, models, training) {
  for (const type of ['keydown', 'keyup', 'keypress'])
    canvas.addEventListener(type, (event) => isOurKey(event) || event.stopImmediatePropagation(), {capture: true});
  canvas.addEventListener('pointerdown', () => canvas.focus({preventScroll: true}));
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  connectShortcuts(dispatcher(module));
  passKeysOn(canvas, isOurKey);
  watchGraphics(module);
  addEventListener('hashchange', () => withHeapText(module, location.hash, (at, length) => module._loom_follow_link(at, length)));
  darkScheme.addEventListener('change', () => module._loom_system_theme(darkScheme.matches));
  module._loom_reduced_motion(reducedMotion.matches);
  reducedMotion.addEventListener('change', () => module._loom_reduced_motion(reducedMotion.matches));
  connectDropZone((files) => openDropped(receiverOf(module, training), files));
  addEventListener('paste', (event) => {
    const file = [...event.clipboardData.files].find(({type}) => type.startsWith('image/'));
    if (file) openFile(receiverOf(module), file);
  });
  addEventListener('resize', () => module._loom_resized());
  watchPixelRatio();
  printCanvas(() => module._loom_draw_now() && sheet.seen);
  frameMapForKeyboards();
  if (window === window.parent) canvas.focus({preventScroll: true});
  window.loom = inspector(module);
  document.getElementById('share')?.addEventListener('click', () => openShare(module));
  announce('ready', remote(module, models));
}

// The interface for a host page (messages.js) and for the page around the canvas (frame.js, share.js).
function remote(module, models) {
  return Object.freeze({
    models: models.map(({name, title}) => ({name, title: title ?? name})),
    follow: (link) => withHeapText(module, link, (at, length) => module._loom_follow_link(at, length)),
    place: (z1, z2) => module._loom_set_z(z1, z2),
    train: (ask) => Boolean(withHeapText(module, ask, (at, length) => module._loom_train(at, length))),
    pause: (paused) => module._loom_pause(paused),
    get somethingIsOpen() { return Boolean(module._loom_something_open()); },
  });
}

// A WebGL context may be lost. If the browser does not restore it, the module draws on the CPU.
function watchGraphics(module) {
  let timer = 0;
  const giveUp = () => {
    if (document.visibilityState === 'hidden') return wait(); // nobody is looking, and the browser may need the memory
    module._loom_draw_on_cpu();
  };
  const wait = () => { timer = setTimeout(giveUp, RESTORE_TIME); };
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // else the context would not be restored
    module._loom_graphics(false);
    clearTimeout(timer);
    wait();
  });
  canvas.addEventListener('webglcontextrestored', () => {
    clearTimeout(timer);
    module._loom_graphics(true);
    sheet.remove();
  });
}

// When a window moves to another screen, its pixel ratio may change without a resize event.
function watchPixelRatio() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    dispatchEvent(new Event('resize'));
    watchPixelRatio();
  }, {once: true});
}
