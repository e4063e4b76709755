// Trains a model in the page when the visitor starts it: fetches the images, drives training.js and tells the explorer
// how far it is. Loaded on demand; nothing here runs before the first request.

import {packImages} from './packs.js';
import {TEXTS} from './texts.js';
import {createTraining} from './training.js';
import {forgetRun, holdRun, keepRun, keptRun} from './training_store.js';

const MODEL_EVERY = 700; // ms between two models that the explorer is given; each is a whole weight file
// The same after an epoch, and for the state that is kept: with few images an epoch takes some hundredths of a second, and
// a model and a state for each would take most of the worker's time.
const EPOCH_MODEL_EVERY = 250, KEEP_EVERY = 1000; // ms

const NO_IMAGES = {count: 0, height: 0, width: 0, class_names: [], words: ''};

// What the explorer has to know of images that the visitor opened (src/explorer/app/training.h).
function factsOf({pixels, shape: [height, width], classNames, words}) {
  return {count: pixels.length / (height * width), height, width, class_names: classNames, words};
}

// The images that the explorer shows as dots, one after the other: {pixels, height, width}.
function watchedImages({pixels, shape: [height, width]}, {watched}) {
  const size = height * width, found = new Uint8Array(watched.length * size);
  watched.forEach((n, i) => found.set(pixels.subarray(n * size, (n + 1) * size), i * size));
  return {pixels: found, height, width};
}

// packs: the entries "training" of build.json. tellStatus(object), tellImages(object), tellOriginals({pixels,
// height, width}), tellModel(bytes) and tellReplay(bytes) reach the explorer (src/explorer/app/training.h), tell(text) shows a message, save(name, blob) offers a file for download, link()
// is the link of the view. Returns {ask(what, words, weights), useImages(read), offerKept()}.
export function makeTrainer({packs, tellStatus, tellImages, tellOriginals, tellModel, tellReplay, tell, save: saveFile, link}) {
  let run = null; // the one that the panel shows
  let kept = null; // a run of an earlier visit, until it is taken up or another one starts
  const images = new Map(); // promises by the name of the pack
  let ownImages = null; // that the visitor opened to train on

  // Takes the visitor's images from read(onProgress). Those before stay if it throws.
  async function useImages(read) {
    const reading = (share) => tellImages({...NO_IMAGES, words: TEXTS.ownImages.reading(Math.round(100 * share))});
    reading(0);
    try {
      ownImages = await read(reading);
      tellImages({...factsOf(ownImages), choose: true});
    } catch (error) {
      tellImages(ownImages ? factsOf(ownImages) : NO_IMAGES);
      throw error;
    }
  }

  function imagesOf(name, onProgress) {
    const pack = packs.find((one) => one.name === name);
    if (!pack) return Promise.reject(new Error(TEXTS.train.noImages(name)));
    const coming = images.get(name) ?? packImages(pack, onProgress)
      .catch((error) => { throw new Error(TEXTS.train.notFetched(pack.title, error.message), {cause: error}); });
    images.set(name, coming);
    coming.catch(() => images.delete(name));
    return coming;
  }

  const status = (own, more) => own === run && !own.failed && tellStatus(more);
  function fail(own, error) {
    status(own, {phase: 'failed', failure: TEXTS.train.failed(error.message)});
    own.failed = true; // downloads may still be on their way, and would say so
  }

  // At most one at a time, and none before the last one is so old.
  async function giveModel(own, every) {
    if (own.giving || performance.now() - own.given < every) return own.giving;
    own.giving = own.training.model({encoded: true}).then((bytes) => {
      own.given = performance.now();
      own.model = bytes;
      if (own === run) tellModel(bytes);
    }).finally(() => { own.giving = null; });
    return own.giving;
  }

  // The replay of the run so far, whenever it rests. Without one, the run is none the worse.
  async function giveReplay(own) {
    const bytes = await own.training.replay(own.name).catch(() => null);
    if (bytes && own === run) tellReplay(bytes);
  }

  // Keeps the state of the run, so that a reload of the page loses little, or nothing if the run rests. Only one at a time
  // is on its way.
  async function keep(own) {
    if (own.keeping || own.notKept) return own.keeping;
    own.keeping = (async () => {
      const {training, id, data, name, link, weights} = own;
      const [state, history] = await Promise.all([training.state(), training.history()]);
      await keepRun({id, data, name, link, weights, state, history, progress: training.progress, images: own.imagesKept ? undefined : own.images});
      own.imagesKept = true;
      own.kept = performance.now();
    })().catch(() => {
      own.notKept = true; // no storage here, or none left
      status(own, {phase: own.phase, kept: false});
    }).finally(() => { own.keeping = null; });
    return own.keeping;
  }

  const WAYS = { // how far a run goes, unless it is paused before
    toEnd: (training) => training.start(),
    epoch: (training) => training.epoch(),
    step: (training) => training.step(),
    nowhere: (training) => training.progress,
  };

  // waited: it was paused while the page was out of sight.
  const go = (own, way, waited = false) => own.going = trainSome(own, way, waited);
  async function trainSome(own, way, waited) {
    own.phase = 'running';
    status(own, {phase: 'running', progress: own.training.progress, waited});
    const progress = await WAYS[way](own.training);
    await own.giving;
    await giveModel(own, 0);
    const [history, command] = await Promise.all([own.training.history(), own.training.command(own.file)]);
    own.phase = progress.finished ? 'finished' : 'paused';
    status(own, {phase: own.phase, progress, history, command, waited: own === hiddenRun});
    await giveReplay(own);
    await own.keeping;
    await keep(own);
  }

  function begin(facts) {
    run?.training?.close();
    run?.release();
    run = {...facts, training: null, model: null, file: `${facts.name}.safetensors`, giving: null, given: -Infinity, kept: -Infinity, changes: {}, failed: false,
      phase: 'loading', keeping: null, notKept: false, imagesKept: false, release: holdRun(facts.id)};
    return run;
  }

  // Starts the run, or goes on from a kept state of it.
  async function open(own, what) {
    status(own, {phase: 'loading', loaded: 0});
    const all = own.images ?? await imagesOf(own.data, (loaded) => status(own, {phase: 'loading', loaded}));
    status(own, {phase: 'starting'});
    if (own !== run) return false;
    const quietly = (work) => work.catch(() => {}); // if the run has failed or ended, go() says so
    const training = await createTraining({...all, ...what}, {
      onProgress(progress) {
        if (!progress.running) return;
        status(own, {phase: 'running', progress});
        quietly(giveModel(own, MODEL_EVERY));
      },
      onEpoch({progress}) {
        quietly(training.history().then((history) => progress.running && status(own, {phase: 'running', progress, history})));
        quietly(giveModel(own, EPOCH_MODEL_EVERY));
        if (performance.now() - own.kept >= KEEP_EVERY) quietly(keep(own));
      },
    });
    if (own !== run) {
      training.close();
      return false;
    }
    own.training = training;
    tellOriginals(watchedImages(all, training.info));
    await giveModel(own, 0);
    return true;
  }

  // weights: of a model to go on from; else null.
  async function start(words, way, weights = null, used = ownImages) {
    const {data, name, settings} = JSON.parse(words);
    kept = null;
    const own = begin({id: `${Date.now()}-${Math.random()}`, data, name, link: link(), weights, images: data === 'own' ? used : undefined});
    try {
      if (await open(own, {settings, weights})) await go(own, way);
    } catch (error) {
      fail(own, error);
    }
  }

  // Takes up the run of an earlier visit: it goes on from where it was, unless it is finished.
  async function resume() {
    if (!kept) return;
    const {state, history, ...facts} = kept;
    const own = begin(facts);
    if (own.images) tellImages(factsOf(ownImages = own.images));
    try {
      if (!await open(own, {state})) return;
      kept = null;
      const {progress} = own.training;
      if (!progress.finished) return await go(own, 'toEnd');
      own.phase = 'finished';
      status(own, {phase: 'finished', progress, history, command: await own.training.command(own.file)});
      await giveReplay(own);
    } catch (error) {
      fail(own, error);
    }
  }

  async function forget() {
    const {id} = kept ?? run ?? {};
    kept = null;
    if (id) await forgetRun(id).catch(() => {});
  }

  // Tells the explorer of a run that an earlier visit left, if this one has not begun another.
  async function offerKept() {
    const found = await keptRun();
    if (!found || run) return;
    kept = found;
    tellStatus({phase: 'kept', link: found.link, going_on: Boolean(found.weights), progress: found.progress, history: found.history});
  }

  async function goOn(way, waited) {
    const own = run;
    if (!own?.training) return;
    try {
      await go(own, way, waited);
    } catch (error) {
      fail(own, error);
    }
  }

  // Back to the weights before the first step: a new run with the same images and weights to begin with.
  const reset = (words) => start(words, 'nowhere', run?.weights, run?.images);

  // send(training, value) changes a setting of the run. While one value is on its way, only the last of those that follow
  // is kept.
  async function change(setting, value, send) {
    const own = run;
    if (!own?.training) return;
    const busy = setting in own.changes;
    own.changes[setting] = value;
    if (busy) return;
    try {
      for (let sent; sent !== own.changes[setting];) await send(own.training, sent = own.changes[setting]);
    } catch (error) {
      fail(own, error);
    } finally {
      delete own.changes[setting];
    }
  }

  async function save(get, ending, type) {
    const own = run;
    if (!own?.training) return;
    try {
      saveFile(`${own.name}${ending}`, new Blob([await get(own.training, own.file)], {type}));
    } catch (error) {
      tell(TEXTS.train.notSaved(error.message));
    }
  }

  const pause = () => run?.training?.pause().catch(() => {}); // go() tells
  // A phone in a pocket should not get warm. What was paused by that goes on when the page is seen again.
  let hiddenRun = null;
  document.addEventListener('visibilitychange', async () => {
    if (document.hidden && matchMedia('(pointer: coarse)').matches && run?.phase === 'running') {
      hiddenRun = run;
      pause();
    } else if (!document.hidden && hiddenRun) {
      const own = hiddenRun;
      await own.going.catch(() => {}); // it may still be on its way to the pause
      if (own !== hiddenRun || document.hidden) return;
      hiddenRun = null;
      if (own === run && own.phase === 'paused') goOn('toEnd', true);
    }
  });

  const asks = {
    start: (words) => start(words, 'toEnd'),
    startEpoch: (words) => start(words, 'epoch'),
    startStep: (words) => start(words, 'step'),
    startFrom: (words, weights) => start(words, 'toEnd', weights),
    reset,
    epoch: () => goOn('epoch'),
    step: () => goOn('step'),
    pause,
    goOn: () => goOn('toEnd'),
    resume,
    forget,
    beta: (words) => change('beta', Number(words), (training, beta) => training.setBeta(beta)),
    learningRate: (words) => change('rate', Number(words), (training, rate) => training.setLearningRate(rate)),
    // After a failure the weights may be finite, but so large that no file holds them; what the map shows is sound.
    saveWeights: () => save((training) => run.failed && run.model ? run.model : training.model({encoded: true}), '.safetensors', 'application/octet-stream'),
    saveCard: () => save((training, file) => training.card(file), '.md', 'text/markdown'),
    saveCommand: () => save(async (training, file) => `${await training.command(file)}\n`, '.txt', 'text/plain'),
  };
  return {ask: (what, words, weights) => asks[what](words, weights), useImages, offerKept};
}
