// node decode.mjs REPEAT WEIGHTS...: milliseconds of one call of loom_decode in node and in Chromium, as JSON. The
// module is the page's loom-core; a call reads points from a Float32Array and writes images to another.
import {inChromium, root} from './browser.mjs';

const MODULE = 'build/wasm/loom-core.js';
const BATCHES = [1, 64, 400];

// Runs both in node and in the page, so it must not use anything from outside. Returns {batch: [p50, p95]}.
async function measure([moduleUrl, weights, batches]) {
  const {default: create} = await import(moduleUrl);
  const module = await create();
  const bytes = typeof weights === 'string' ? new Uint8Array(await (await fetch(weights)).arrayBuffer()) : weights;
  const file = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, file);
  const model = module._loom_open(file, bytes.length, 0);
  if (!model) throw new Error('loom_open refuses the file');
  const latent = module._loom_latent_dim(model);
  const pixels = module._loom_image_height(model) * module._loom_image_width(model);
  const results = {};
  for (const batch of batches) {
    const points = Float32Array.from({length: batch * latent}, (_, i) => (i % 31) / 10 - 1.5);
    const pictures = new Float32Array(batch * pixels);
    const from = module._malloc(points.byteLength), to = module._malloc(pictures.byteLength);
    const times = [];
    const begin = performance.now();
    while (performance.now() - begin < 1000 || times.length < 20) {
      const start = performance.now();
      module.HEAPF32.set(points, from / 4);
      module._loom_decode(model, from, batch, to);
      pictures.set(module.HEAPF32.subarray(to / 4, to / 4 + pictures.length));
      times.push(performance.now() - start);
    }
    times.splice(0, Math.ceil(times.length / 10)); // warm-up, before the engine has optimized the code
    times.sort((a, b) => a - b);
    results[batch] = [times[Math.floor(times.length / 2)], times[Math.floor(times.length * 0.95)]];
    module._free(from);
    module._free(to);
  }
  return results;
}

const {readFileSync} = await import('node:fs');
const [repeat, ...files] = process.argv.slice(2);
const rounds = [];
await inChromium(async (page) => {
  for (let round = 0; round < Number(repeat); round++)
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(`${root}/${file}`));
      rounds.push({where: 'node', file, batches: await measure([`${root}/${MODULE}`, bytes, BATCHES])});
      rounds.push({where: 'Chromium', file, batches: await page.evaluate(measure, [`/${MODULE}`, `/${file}`, BATCHES])});
    }
});
console.log(JSON.stringify(rounds));
