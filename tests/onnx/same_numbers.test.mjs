// The ONNX files of `loom convert` give the native program's numbers in ONNX Runtime, for every shipped model and for
// models with every activation (LOOM names the program, default build/release/loom).
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import ort from 'onnxruntime-web';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOOM = process.env.LOOM ?? join(ROOT, 'build/release/loom');
const DECODE_POINTS = join(LOOM, '../decode_points');
const PIXEL_TOLERANCE = 1e-5;   // of pictures in [0, 1]
const CODE_TOLERANCE = 2e-5;    // of mu and logvar, relative to 1 + |value|: sums of some thousand terms in another order
const IMAGES = 40, POINTS = 300;

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = join(ROOT, 'tests/onnx/node_modules/onnxruntime-web/dist/');
ort.env.logLevel = 'error';

// Numbers in [0, 1), the same every time (mulberry32).
function randomNumbers(count) {
  let state = 20260101;
  return Float32Array.from({length: count}, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  });
}

const floats = (buffer) => new Float32Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length));

function largestDifference(a, b, scale = () => 1) {
  assert.equal(a.length, b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]) / scale(b[i]);
    if (!(difference <= largest)) largest = difference; // NaN stays
  }
  return largest;
}

// An IDX pair of 8-bit pixels with MNIST's file names.
function writeTestSet(folder, shape, pixels) {
  const idx = (dims, bytes) => {
    const head = Buffer.alloc(4 + 4 * dims.length);
    head.set([0, 0, 8, dims.length]);
    dims.forEach((size, i) => head.writeUInt32BE(size, 4 + 4 * i));
    return Buffer.concat([head, bytes]);
  };
  writeFileSync(join(folder, 't10k-images-idx3-ubyte'), idx([IMAGES, shape[1], shape[2]], pixels));
  writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), idx([IMAGES], Buffer.alloc(IMAGES)));
}

const golden = readdirSync(join(ROOT, 'tests/golden')).filter((name) => /^(conv|dense|fourier|odd)_.*\.safetensors$/.test(name)).map((name) => `tests/golden/${name}`);
const shipped = readdirSync(join(ROOT, 'weights')).filter((name) => name.endsWith('.safetensors') && !name.endsWith('.replay.safetensors')).map((name) => `weights/${name}`);

describe('ONNX Runtime gives the same numbers as the native program', () => {
  let folder;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'loom-onnx-')); });
  after(() => rmSync(folder, {recursive: true}));

  for (const file of [...shipped, ...golden])
    test(file, async (t) => {
      const weights = join(ROOT, file);
      const {model} = JSON.parse(execFileSync(LOOM, ['info', weights, '--json'], {encoding: 'utf8', maxBuffer: 1e8}));
      execFileSync(LOOM, ['convert', weights, '--to', 'onnx', '--out', join(folder, 'm.onnx')]);

      const z = randomNumbers(POINTS * model.latent_dim).map((u) => 8 * u - 4);
      const decoder = await ort.InferenceSession.create(join(folder, 'm-decoder.onnx'));
      const {picture} = await decoder.run({z: new ort.Tensor('float32', z, [POINTS, model.latent_dim])});
      assert.deepEqual(picture.dims, [POINTS, ...model.image]);
      const native = floats(execFileSync(DECODE_POINTS, [weights], {input: Buffer.from(z.buffer), maxBuffer: 1e8}));
      const pixels = largestDifference(picture.data, native);
      assert.ok(pixels <= PIXEL_TOLERANCE, `pixels differ by ${pixels}`);
      const single = await decoder.run({z: new ort.Tensor('float32', z.subarray(0, model.latent_dim), [1, model.latent_dim])});
      assert.ok(largestDifference(single.picture.data, picture.data.subarray(0, single.picture.data.length)) <= PIXEL_TOLERANCE);

      const size = model.image.reduce((a, b) => a * b);
      const bytes = Buffer.from(Uint8Array.from(randomNumbers(IMAGES * size), (u) => 256 * u));
      writeTestSet(folder, model.image, bytes);
      execFileSync(LOOM, ['encode', weights, '--data', folder, '--out', join(folder, 'codes.csv')], {stdio: ['ignore', 'pipe', 'ignore']});
      const [head, ...rows] = readFileSync(join(folder, 'codes.csv'), 'utf8').trim().split('\n').map((row) => row.split(','));
      const columns = (prefix) => rows.flatMap((row) => row.filter((_, i) => head[i].startsWith(prefix)).map(Number));
      const encoder = await ort.InferenceSession.create(join(folder, 'm-encoder.onnx'));
      const image = new ort.Tensor('float32', Float32Array.from(bytes, (b) => b / 255), [IMAGES, ...model.image]);
      const codes = await encoder.run({image});
      assert.deepEqual(Object.keys(codes).sort(), model.variational ? ['logvar', 'mu'] : ['code']);
      let largest = 0;
      for (const [name, {data}] of Object.entries(codes))
        largest = Math.max(largest, largestDifference(data, columns(name === 'logvar' ? 'logvar_' : 'mu_'), (v) => 1 + Math.abs(v)));
      assert.ok(largest <= CODE_TOLERANCE, `codes differ by ${largest}`);
      t.diagnostic(`pixels ${pixels.toExponential(1)}, codes ${largest.toExponential(1)}`);
    });
});
