// node train.mjs REPEAT SECONDS: images/s of our trainer and of TensorFlow.js on the same network, images and batch, in
// Chromium, in turn; what a run of the page's own recipe reaches, and when; as JSON.
import {launch} from '../browser.mjs';
import {serve} from './places.mjs';

// The networks of the page's panel (src/explorer/state/train_choice.cpp) by its link, and the dense one of the weights.
const NETWORKS = {
  'page, default': {hidden: [64, 64], decoder_hidden: [64, 128, 256], fourier_features: 16, batch_size: 64, learning_rate: 4e-3},
  'page, small': {hidden: [48, 32], decoder_hidden: [32, 64], fourier_features: 8, batch_size: 64, learning_rate: 8e-3},
  'fashion-dense-vae-2d': {hidden: [512, 256, 128], decoder_hidden: [128, 256, 512], fourier_features: 0, batch_size: 128, learning_rate: 1e-3},
};
const BACKENDS = ['wasm', 'cpu'], CHECKED = 60; // steps
const CLOSE = 0.05; // how much the mean losses of the first CHECKED steps may differ, as a share: order and draws differ

// --- in the page ------------------------------------------------------------------------------------------------------

async function openOurs(network) {
  const {training: packs} = await (await fetch('/explorer/build.json')).json();
  const {packImages} = await import('/explorer/packs.js');
  const base = document.head.appendChild(document.createElement('base'));
  base.href = '/explorer/';
  const images = window.images ??= await packImages(packs.find(({name}) => name === 'fashion-mnist'), () => {});
  const {createTraining} = await import('/explorer/training.js');
  const settings = {recipe: 'fashion-dense-vae-2d', architecture: 'dense', activation: 'gelu_tanh', latent_dim: 2, fourier_scale: 1, epochs: 50,
    validation_images: 0, schedule: 'constant', warmup_steps: 0, ...network};
  window.training?.close();
  window.training = await createTraining({...images, settings});
  return {settings: window.training.info.settings, where: window.training.where, parameters: window.training.info.parameters};
}

// Reads the weights before the first step, for TensorFlow.js.
async function readWeights() {
  const bytes = await window.training.model({f32: true, encoded: false}), view = new DataView(bytes.buffer, bytes.byteOffset);
  const begin = 8 + Number(view.getBigUint64(0, true));
  const {__metadata__, ...entries} = JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin)));
  const weights = Object.entries(entries).filter(([name]) => /^(en|de)coder\./.test(name));
  window.start = {model: JSON.parse(__metadata__.model), weights: Object.fromEntries(weights.map(([name, {shape, data_offsets: [from, to]}]) =>
    [name, {shape, values: new Float32Array(bytes.slice(begin + from, begin + to).buffer)}]))};
}

async function openTheirs([backend, settings]) {
  document.querySelector('base').href = '/tfjs/';
  const {openTraining} = await import('/tfjs/train.js');
  window.theirs = await openTraining(backend, window.start.model, window.start.weights, {beta: settings.beta ?? 1, learningRate: settings.learning_rate});
  window.place = 0;
}

// Steps until `steps` are done or `seconds` have passed. Returns {steps, milliseconds, loss}: the mean of all steps.
async function runTheirs([steps, seconds, batch]) {
  const {pixels} = window.images, size = 784, values = new Float32Array(batch * size), begin = performance.now();
  let done = 0, loss = 0;
  while (done < steps && performance.now() - begin < 1000 * seconds) {
    for (let n = 0; n < batch; n++) {
      const from = (window.place = (window.place + 1) % (pixels.length / size)) * size;
      for (let i = 0; i < size; i++) values[n * size + i] = pixels[from + i] / 255;
    }
    loss += window.theirs.step(values, batch);
    if (++done % 4 === 0) await new Promise((turn) => setTimeout(turn)); // the page must stay alive
  }
  return {steps: done, milliseconds: performance.now() - begin, loss: loss / done};
}

async function runOurs([steps, seconds]) {
  const begin = performance.now(), before = window.training.progress.step, at = () => window.training.progress.step - before;
  while (at() < steps && performance.now() - begin < 1000 * seconds) await window.training.step(Math.min(20, steps - at()));
  return {steps: at(), milliseconds: performance.now() - begin, loss: window.training.progress.training?.negative_elbo ?? 0};
}

// Every epoch of the page's own choice: seconds since the press of the button, loss of the held-out images.
async function wholeRun() {
  const {training: packs} = await (await fetch('/explorer/build.json')).json();
  const {packImages} = await import('/explorer/packs.js');
  document.head.appendChild(document.createElement('base')).href = '/explorer/';
  const begin = performance.now(), epochs = [];
  const images = await packImages(packs.find(({name}) => name === 'fashion-mnist'), () => {});
  const {createTraining} = await import('/explorer/training.js');
  const settings = {recipe: 'fashion-dense-vae-2d', architecture: 'dense', activation: 'gelu_tanh', hidden: [64, 64], decoder_hidden: [64, 128, 256],
    fourier_features: 16, fourier_scale: 1, latent_dim: 2, epochs: 24, batch_size: 64, learning_rate: 4e-3, schedule: 'cosine', warmup_steps: 100,
    average_decay: 0.995, validation_images: 500};
  const training = await createTraining({...images, settings}, {onEpoch({epoch}) {
    epochs.push({seconds: (performance.now() - begin) / 1000, held_out: epoch.validation?.negative_elbo});
  }});
  await training.start();
  const bytes = await training.model({f32: false, encoded: true});
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return {epochs, model: btoa(text)};
}

// --- here ---------------------------------------------------------------------------------------------------------------

const [repeat, seconds] = process.argv.slice(2).map(Number);
const server = await serve({isolated: true}), browser = await launch(), results = [];
async function inPage(work) {
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}/empty.html`);
    return await work(page);
  } finally {
    await page.close();
  }
}
try {
  for (const [name, network] of Object.entries(NETWORKS)) await inPage(async (page) => {
    const {settings, where, parameters} = await page.evaluate(openOurs, network);
    await page.evaluate(readWeights);
    const batch = settings.batch_size, rates = {loom: [], ...Object.fromEntries(BACKENDS.map((backend) => [backend, []]))}, losses = {};
    losses.loom = (await page.evaluate(runOurs, [CHECKED, Infinity])).loss;
    const rate = ({steps, milliseconds}) => batch * steps / milliseconds * 1000;
    for (let round = 0; round < repeat; round++) {
      rates.loom.push(rate(await page.evaluate(runOurs, [Infinity, seconds])));
      for (const backend of BACKENDS) {
        await page.evaluate(openTheirs, [backend, settings]);
        losses[backend] = (await page.evaluate(runTheirs, [CHECKED, Infinity, batch])).loss;
        if (!(Math.abs(losses[backend] / losses.loom - 1) <= CLOSE))
          throw new Error(`${name}: TensorFlow.js (${backend}) has a loss of ${losses[backend]} after ${CHECKED} steps, ours ${losses.loom}: they train different things`);
        rates[backend].push(rate(await page.evaluate(runTheirs, [Infinity, seconds, batch])));
      }
    }
    results.push({network: name, where, parameters, batch, rates, losses});
  });
  const whole = await inPage((page) => page.evaluate(wholeRun));
  console.log(JSON.stringify({results, whole}));
} finally {
  await browser.close();
  server.close();
}
