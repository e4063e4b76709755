// Trains a model in the page when the visitor starts it: fetches the images, drives training.js and tells the explorer
// how far it is. Loaded on demand; nothing here runs before the first request.

import {packImages} from './packs.js';
import {TEXTS} from './texts.js';
import {createTraining} from './training.js';

const MODEL_EVERY = 700; // ms between two models that the explorer is given; each is a whole weight file

// packs: the entries "training" of build.json. tellStatus(object) and tellModel(bytes) reach the explorer
// (src/explorer/session/training_run.h), tell(text) shows a message, save(name, blob) offers a
// file for download. Returns {ask(what, words)}.
export function makeTrainer({packs, tellStatus, tellModel, tell, save: saveFile}) {
  let run = null; // the one that the panel shows
  const images = new Map(); // promises by the name of the pack

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

  // At most one at a time. `now`: do not wait until the last one is old enough.
  async function giveModel(own, now) {
    if (own.giving || (!now && performance.now() - own.given < MODEL_EVERY)) return own.giving;
    own.giving = own.training.model({encoded: true}).then((bytes) => {
      own.given = performance.now();
      if (own === run) tellModel(bytes);
    }).finally(() => { own.giving = null; });
    return own.giving;
  }

  // Trains to the end, to the end of an epoch, or until it is paused.
  async function go(own, oneEpoch) {
    status(own, {phase: 'running', progress: own.training.progress});
    const progress = await (oneEpoch ? own.training.epoch() : own.training.start());
    await own.giving;
    await giveModel(own, true);
    const [history, command] = await Promise.all([own.training.history(), own.training.command(own.file)]);
    status(own, {phase: progress.finished ? 'finished' : 'paused', progress, history, command});
  }

  async function start(words, oneEpoch) {
    run?.training?.close();
    const {data, name, settings} = JSON.parse(words);
    const own = run = {training: null, name, file: `${name}.safetensors`, giving: null, given: 0, beta: null, failed: false};
    try {
      status(own, {phase: 'loading', loaded: 0});
      const all = await imagesOf(data, (loaded) => status(own, {phase: 'loading', loaded}));
      status(own, {phase: 'starting'});
      if (own !== run) return;
      const quietly = (work) => work.catch(() => {}); // if the run has failed or ended, go() says so
      const training = await createTraining({...all, settings}, {
        onProgress(progress) {
          if (!progress.running) return;
          status(own, {phase: 'running', progress});
          quietly(giveModel(own, false));
        },
        onEpoch({progress}) {
          quietly(training.history().then((history) => progress.running && status(own, {phase: 'running', progress, history})));
          quietly(giveModel(own, true));
        },
      });
      if (own !== run) return training.close();
      own.training = training;
      await giveModel(own, true);
      await go(own, oneEpoch);
    } catch (error) {
      fail(own, error);
    }
  }

  async function goOn(oneEpoch) {
    const own = run;
    if (!own?.training) return;
    try {
      await go(own, oneEpoch);
    } catch (error) {
      fail(own, error);
    }
  }

  // While one value is on its way, only the last of those that follow is kept.
  async function setBeta(beta) {
    const own = run;
    if (!own?.training) return;
    const busy = own.beta !== null;
    own.beta = beta;
    if (busy) return;
    try {
      for (let sent; sent !== own.beta;) await own.training.setBeta(sent = own.beta);
    } catch (error) {
      fail(own, error);
    } finally {
      own.beta = null;
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
  // A phone in a pocket should not get warm.
  document.addEventListener('visibilitychange', () => document.hidden && matchMedia('(pointer: coarse)').matches && pause());

  const asks = {
    start: (words) => start(words, false),
    startEpoch: (words) => start(words, true),
    epoch: () => goOn(true),
    pause,
    goOn: () => goOn(false),
    beta: (words) => setBeta(Number(words)),
    saveWeights: () => save((training) => training.model({encoded: true}), '.safetensors', 'application/octet-stream'),
    saveCard: () => save((training, file) => training.card(file), '.md', 'text/markdown'),
    saveCommand: () => save(async (training, file) => `${await training.command(file)}\n`, '.txt', 'text/plain'),
  };
  return {ask: (what, words) => asks[what](words)};
}
