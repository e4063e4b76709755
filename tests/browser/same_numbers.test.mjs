// The wasm module decodes a thousand points to the same pixels as the native program, in node and in Chromium.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {shareOrLaunch} from './help/explorer.mjs';
import {TOLERANCE, decodeNatively, largestDifference} from './help/pictures.mjs';
import {dist, distFile, manifest, serveDist} from './help/server.mjs';

const COUNT = 1000, SPREAD = 1.5, EXTREME = 8;

// Normal points (mulberry32, Box and Muller), the same every time; the last ones far outside of the prior.
function latentPoints(count, dimensions) {
  let state = 20260101;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  const normal = () => SPREAD * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const points = Array.from({length: count - 8}, () => Array.from({length: dimensions}, normal));
  for (const [x, y] of [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]])
    points.push(Array.from({length: dimensions}, (_, axis) => EXTREME * [x, y, 0][Math.min(axis, 2)]));
  return points;
}

// From the description in the file's metadata.
function latentDimensions(weights) {
  const header = JSON.parse(weights.subarray(8, 8 + Number(weights.readBigUInt64LE(0))).toString());
  return JSON.parse(header.__metadata__.model).latent_dim;
}

// Runs in node and in the page, so it uses nothing from outside: all points in one call, then one by one.
async function decodeInModule([moduleUrl, weights, points]) {
  const {default: create} = await import(moduleUrl);
  const module = await create();
  const bytes = typeof weights === 'string' ? new Uint8Array(await (await fetch(weights)).arrayBuffer()) : weights;
  const file = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, file);
  const model = module._loom_open(file, bytes.length, 0);
  if (!model) throw new Error('loom_open refuses the file');
  module._free(file);
  const latent = module._loom_latent_dim(model), count = points.length / latent;
  const pixels = module._loom_image_height(model) * module._loom_image_width(model);
  const from = module._malloc(4 * points.length), to = module._malloc(4 * count * pixels);
  module.HEAPF32.set(points, from / 4);
  // As text: Playwright takes ten seconds for a million numbers.
  const take = () => {
    let text = '';
    for (let at = 0; at < 4 * count * pixels; at += 8192)
      text += String.fromCharCode(...module.HEAPU8.subarray(to + at, to + Math.min(at + 8192, 4 * count * pixels)));
    return btoa(text);
  };
  if (!module._loom_decode(model, from, count, to)) throw new Error('loom_decode fails');
  const together = take();
  for (let n = 0; n < count; n++) module._loom_decode(model, from + 4 * latent * n, 1, to + 4 * pixels * n);
  return {together, single: take()};
}

describe('the same numbers', () => {
  let browser, server, page;
  before(async () => {
    [browser, server] = await Promise.all([shareOrLaunch(), serveDist({answers: {'empty.html': {type: 'text/html', body: '<!doctype html>'}}})]);
    page = await browser.newPage();
    await page.goto(`${server.url}empty.html`);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const {files, models} = manifest();
  const core = files['loom-core.js'].path;
  for (const {name, path} of models) {
    const points = latentPoints(COUNT, latentDimensions(Buffer.from(distFile(path))));
    const check = (where, decode) => test(`${name} in ${where}`, async (t) => {
      const native = decodeNatively(name, points);
      const {together, single} = await decode();
      const size = native[0].length;
      for (const [how, text] of Object.entries({'all in one call': together, 'one by one': single})) {
        const pixels = new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
        assert.equal(pixels.length, COUNT * size);
        const largest = Math.max(...native.map((picture, n) => largestDifference(pixels.subarray(n * size, (n + 1) * size), picture)));
        t.diagnostic(`${how}: largest difference of a pixel ${largest.toExponential(2)}`);
        assert.ok(largest <= TOLERANCE, `${how}: ${largest} is more than ${TOLERANCE}`);
      }
    });
    check('node', () => decodeInModule([pathToFileURL(join(dist, core)).href, distFile(path), points.flat()]));
    check('Chromium', () => page.evaluate(decodeInModule, [`/${core}`, `/${path}`, points.flat()]));
  }
});
