// Images to train on that the tests make themselves, and the native run that a page's run must equal.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './server.mjs';

const LOOM = process.env.LOOM ?? join(root, 'build/release/loom');
export const SIDE = 28, COUNT = 700;

// Rings and bars of four classes, their places drawn by mulberry32.
export function pictures() {
  let state = 7;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pixels = new Uint8Array(COUNT * SIDE * SIDE), labels = new Uint8Array(COUNT);
  for (let n = 0; n < COUNT; n++) {
    const kind = labels[n] = n % 4, cy = 9 + 10 * uniform(), cx = 9 + 10 * uniform(), size = 4 + 4 * uniform();
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const dy = y - cy, dx = x - cx;
        const away = [Math.abs(Math.sqrt(dy * dy + dx * dx) - size), Math.abs(dy), Math.abs(dx), Math.max(Math.abs(dy), Math.abs(dx)) - size / 2][kind];
        pixels[(n * SIDE + y) * SIDE + x] = Math.max(0, Math.min(255, Math.round(255 - 90 * away)));
      }
  }
  return {pixels, labels, shape: [SIDE, SIDE]};
}

// Writes them as the two IDX files of a data set.
export function writeIdx(folder, data) {
  const idx = (sizes, bytes) => {
    const head = Buffer.alloc(4 + 4 * sizes.length);
    head.set([0, 0, 8, sizes.length]);
    sizes.forEach((size, n) => head.writeUInt32BE(size, 4 + 4 * n));
    return Buffer.concat([head, bytes]);
  };
  writeFileSync(join(folder, 'train-images-idx3-ubyte'), idx([COUNT, SIDE, SIDE], data.pixels));
  writeFileSync(join(folder, 'train-labels-idx1-ubyte'), idx([COUNT], data.labels));
}

// Runs a command as training.command() gives it, in the folder. Returns the bytes of the weight file.
export function runNatively(folder, command, file, threads) {
  const words = command.split(' ').map((word) => word === 'DIR' ? folder : word === file ? join(folder, file) : word);
  assert.deepEqual(words.slice(0, 2), ['loom', 'train']);
  execFileSync(LOOM, [...words.slice(1), '--threads', String(threads)], {stdio: 'pipe'});
  return readFileSync(join(folder, file));
}
