// Images that the native program decodes, and images on the screen.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {inflateSync} from 'node:zlib';
import {dist, manifest, root} from './server.mjs';

const PROGRAM = process.env.LOOM_DECODE_POINTS ?? join(root, 'build/release/decode_points');
export const TOLERANCE = 1e-5; // per pixel, native against wasm

// points: [[z1, z2], ...]. Returns one Float32Array of pixels for each.
export function decodeNatively(model, points) {
  return decodeFile(join(dist, manifest().models.find(({name}) => name === model).path), points);
}

// The same for a weight file that is not in dist.
export function decodeFile(file, points) {
  assert.ok(existsSync(PROGRAM), `${PROGRAM} is missing: cmake --preset release && cmake --build --preset release --target decode_points`);
  const input = Buffer.from(Float32Array.from(points.flat()).buffer);
  const {status, stdout, stderr} = spawnSync(PROGRAM, [file], {input, maxBuffer: 2 ** 28});
  assert.equal(status, 0, `${stderr}`);
  const values = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  const size = values.length / points.length;
  return points.map((_, n) => values.subarray(n * size, (n + 1) * size));
}

export function largestDifference(a, b) {
  assert.equal(a.length, b.length, 'pictures of different sizes');
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference; // also if it is NaN
  }
  return largest;
}

export function assertDecoded(model, shown) {
  const [expected] = decodeNatively(model, [shown.z]);
  const difference = largestDifference(shown.pixels, expected);
  assert.ok(difference <= TOLERANCE, `the picture at ${shown.z} differs from the native one by ${difference}`);
}

// --- screenshots ------------------------------------------------------------------------------------------------------

// {width, height, at(x, y) -> [r, g, b]} of a part of the page, in device pixels.
export async function screenshot(page, clip) {
  return readPng(await page.screenshot({clip}));
}

// PNG as browsers write it: 8 bits, RGB or RGBA, not interlaced.
export function readPng(bytes) {
  const width = bytes.readUInt32BE(16), height = bytes.readUInt32BE(20);
  assert.equal(bytes[24], 8);
  const channels = {2: 3, 6: 4}[bytes[25]];
  const parts = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts)), stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? pixels[y * stride + i - channels] : 0;
      const up = y > 0 ? pixels[(y - 1) * stride + i] : 0;
      const corner = i >= channels && y > 0 ? pixels[(y - 1) * stride + i - channels] : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[y * stride + i] = raw[y * (stride + 1) + 1 + i] + predicted;
    }
  }
  return {width, height, at: (x, y) => pixels.subarray(y * stride + x * channels, y * stride + x * channels + 3)};
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const near = (pixel, color, tolerance) => color.every((value, i) => Math.abs(pixel[i] - value) <= tolerance);

// Finds the pixels of a colour: their number, centre and bounds.
export function find(picture, color, tolerance = 6) {
  let count = 0, x = 0, y = 0, left = Infinity, top = Infinity, right = -1, bottom = -1;
  for (let row = 0; row < picture.height; row++)
    for (let column = 0; column < picture.width; column++) {
      if (!near(picture.at(column, row), color, tolerance)) continue;
      count++, x += column, y += row;
      left = Math.min(left, column), right = Math.max(right, column), top = Math.min(top, row), bottom = Math.max(bottom, row);
    }
  return {count, x: x / count, y: y / count, left, top, right, bottom};
}

// Scales an image on the screen down to the model's size: the mean grey of every cell, from paper (0) to pencil (1).
export function shrunk(picture, columns, rows, paper, pencil) {
  const cells = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0, count = 0;
      for (let y = Math.ceil(row * picture.height / rows); y < (row + 1) * picture.height / rows; y++)
        for (let x = Math.ceil(column * picture.width / columns); x < (column + 1) * picture.width / columns; x++, count++)
          sum += picture.at(x, y)[1];
      cells[row * columns + column] = (sum / count - paper) / (pencil - paper);
    }
  return cells;
}

// The images of a panel, by rows from the top left: squares of at least 40 pixels without background colour. Each is
// like the result of `screenshot`.
export function pictureCells(panel, background) {
  const {width, height} = panel, seen = new Uint8Array(width * height), cells = [];
  const isBackground = (at) => near(panel.at(at % width, Math.floor(at / width)), background, 0);
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || isBackground(start)) continue;
    let count = 0, left = width, right = -1, top = height, bottom = -1;
    const open = [start];
    seen[start] = 1;
    while (open.length > 0) {
      const at = open.pop(), x = at % width, y = Math.floor(at / width);
      count++, left = Math.min(left, x), right = Math.max(right, x), top = Math.min(top, y), bottom = Math.max(bottom, y);
      for (const [next, inside] of [[at - 1, x > 0], [at + 1, x < width - 1], [at - width, y > 0], [at + width, y < height - 1]])
        if (inside && !seen[next] && !isBackground(next)) seen[next] = 1, open.push(next);
    }
    const w = right - left + 1, h = bottom - top + 1;
    if (w < 40 || Math.abs(w - h) > 2 || count < 0.95 * w * h) continue;
    cells.push({x: left, y: top, width: w, height: h, at: (x, y) => panel.at(left + x, top + y)});
  }
  return cells.sort((a, b) => Math.abs(a.y - b.y) > 8 ? a.y - b.y : a.x - b.x);
}
