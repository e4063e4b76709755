// Connects what trains a model in the page (train_here.js) with the explorer's module. host.js loads it when a training is
// first wanted.

import {withHeapCopy, withHeapText} from './heap.js';
import {onDemand} from './on_demand.js';
import {TEXTS} from './texts.js';

const FITTED = [28, 28]; // as the images of the packs

const loadOwnImages = onDemand('own_images.js', (suffix) => suffix ? import(`./own_images.js${suffix}`) : import('./own_images.js'));
const loadTrainer = onDemand('train_here.js', (suffix) => suffix ? import(`./train_here.js${suffix}`) : import('./train_here.js'));

// packs: the data packs for training; tellStatus(status), tell(text) and save(name, blob) are those of host.js. Returns
// {ask(what, words, weights), openImages(choose), offerKept()}, whose promises fail if a file cannot be loaded.
export function connectTraining({module, packs, tellStatus, tell, save}) {
  let trainer = null; // a promise of train_here.js, loaded when it is first needed

  function trainerOf() {
    trainer ??= loadTrainer().then(({makeTrainer}) => makeTrainer({
      packs, tellStatus, tell, save,
      tellModel: (bytes) => withHeapCopy(module, bytes, (at) => module._loom_training_model(at, bytes.length)),
      tellOriginals: ({pixels, height, width}) => withHeapCopy(module, pixels, (at) => module._loom_trained_originals(at, pixels.length, height, width)),
      tellReplay: (bytes) => withHeapCopy(module, bytes, (at) => module._loom_training_replay(at, bytes.length)),
      tellImages: (facts) => withHeapText(module, JSON.stringify(facts), (at, length) => module._loom_training_images(at, length)),
      link: () => window.loom.state,
    })).catch((error) => {
      trainer = null;
      throw error;
    });
    return trainer;
  }

  // The image as the page trains on it.
  function fit(grey, width, height, name) {
    const out = new Uint8Array(FITTED[0] * FITTED[1]);
    withHeapText(module, name, (at, length) => withHeapCopy(module, grey, (data) => withHeapCopy(module, out, (to) => {
      if (!module._loom_fit_picture(at, length, data, width, height, to)) throw new Error(TEXTS.files.unreadableImage);
      out.set(module.HEAPU8.subarray(to, to + out.length));
    })));
    return out;
  }

  return {
    // Requests arrive in order, also while the file is being loaded.
    async ask(what, words, weights) {
      (await trainerOf()).ask(what, words, weights);
    },
    // Reads images to train on. choose(own_images.js) gives the files.
    async openImages(choose) {
      const own = await loadOwnImages(), trains = await trainerOf(), files = await choose(own);
      await trains.useImages((onProgress) => own.readTrainingImages(files, {fit, size: FITTED}, onProgress));
    },
    offerKept: async () => (await trainerOf()).offerKept(),
  };
}
