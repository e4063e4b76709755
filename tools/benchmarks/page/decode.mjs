// node decode.mjs SECONDS: milliseconds of one decode by each engine, in one page and in turn, as JSON. Each engine,
// model and batch is measured for SECONDS, after a warm-up of half as long. A call reads points from a Float32Array and
// returns pixels in another. Before anything is timed, all engines must give the same pixels.
import {launch} from '../browser.mjs';
import {engines, models, serve} from './places.mjs';

const BATCHES = [1, 64, 400], TOLERANCE = 1e-4; // difference of a pixel in [0, 1]

// Runs in the page. An engine resolves the names of its files against the page, so <base> is changed while it opens.
async function openAll([names, model]) {
  window.decoders = {};
  const base = document.head.appendChild(document.createElement('base'));
  for (const name of names) {
    base.href = `/${name}/`;
    const {open} = await import(`/${name}/engine.js`);
    window.decoders[name] = await open(model);
  }
}

// {engine: largest difference of a pixel from the first engine's}
async function differences(count) {
  const points = Float32Array.from({length: 2 * count}, (_, i) => 2.5 * Math.sin(1.3 * i + 0.2));
  const results = {};
  let first;
  for (const [name, {decode}] of Object.entries(window.decoders)) {
    const pixels = Float32Array.from(await decode(points));
    first ??= pixels;
    results[name] = pixels.length === first.length ? pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - first[i])), 0) : Infinity;
  }
  return results;
}

// {engine: [ms of each call]}. The engines run in turn, in blocks of some milliseconds, so that disturbances of the
// machine affect all of them.
async function measure([batch, seconds]) {
  const BLOCK = 20, LEAST = 3; // ms, calls
  const points = Float32Array.from({length: 2 * batch}, (_, i) => (i % 31) / 10 - 1.5);
  const names = Object.keys(window.decoders), times = Object.fromEntries(names.map((name) => [name, []]));
  const spent = Object.fromEntries(names.map((name) => [name, 0]));
  const done = (name) => spent[name] >= 1000 * seconds && times[name].length >= LEAST;
  for (let round = 0; !names.every(done); round++)
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length], {decode} = window.decoders[name];
      for (const begin = performance.now(); !done(name) && performance.now() - begin < BLOCK;) {
        const start = performance.now();
        await decode(points);
        times[name].push(performance.now() - start);
        spent[name] += times[name].at(-1);
      }
    }
  return times;
}

const seconds = Number(process.argv[2]), results = [];
const server = await serve({isolated: true}), browser = await launch();
try {
  for (const model of models) {
    const page = await browser.newPage();
    await page.goto(`${server.url}/empty.html`);
    await page.evaluate(openAll, [engines, model]);
    const different = await page.evaluate(differences, 100);
    for (const [name, largest] of Object.entries(different))
      if (!(largest <= TOLERANCE)) throw new Error(`${model}: the pixels of ${name} differ by ${largest} from those of ${engines[0]}`);
    for (const batch of BATCHES) {
      await page.evaluate(measure, [batch, seconds / 2]); // warm-up: everything gets compiled
      results.push({model, batch, different, milliseconds: await page.evaluate(measure, [batch, seconds])});
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(results));
