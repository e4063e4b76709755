// Files that somebody drops, pastes or chooses: weights, data sets and pictures, unpacked and handed to the module. Nothing of
// them leaves the machine.

import {MAX_FILE_BYTES} from './download.js';
import {lend, lendText} from './lending.js';

const MAX_PICTURE_SIDE = 512; // pixels; models have 28

// A picture becomes grey values, which the module fits to its model's pictures. They are the bytes that the native program
// reads from the same PNG (src/data/image_file.cpp), where what is transparent lies over black, too: garments and digits lie
// on 0 in the data sets. The luma is computed in integers, because sums of fractions are not exact at the halves.
async function openPicture(module, file, name) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_PICTURE_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale)), height = Math.max(1, Math.round(bitmap.height * scale));
  const paper = document.createElement('canvas');
  Object.assign(paper, {width, height});
  const context = paper.getContext('2d', {willReadFrequently: true});
  context.fillStyle = '#000'; // under what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const {data} = context.getImageData(0, 0, width, height);
  const grey = Uint8Array.from({length: width * height}, (_, i) =>
    Math.floor((2126 * data[4 * i] + 7152 * data[4 * i + 1] + 722 * data[4 * i + 2] + 5000) / 10000));
  lendText(module, name, (at, length) => lend(module, grey, (pixels) => module._loom_open_picture(at, length, pixels, width, height)));
}

async function unpacked(file) {
  const body = /\.gz$/.test(file.name) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  return new Uint8Array(await new Response(body).arrayBuffer());
}

export async function openFile(module, file) {
  const say = (text) => lendText(module, `${file.name}: ${text}`, (at, length) => module._loom_tell(at, length));
  if (file.type.startsWith('image/'))
    return openPicture(module, file, file.name || 'your picture').catch(() => say('the browser cannot read this picture'));
  if (file.size > MAX_FILE_BYTES) return say(`has ${Math.round(file.size / 2 ** 20)} MB, at most ${MAX_FILE_BYTES / 2 ** 20} are read here`);
  try {
    const bytes = await unpacked(file);
    if (bytes.length > MAX_FILE_BYTES) return say(`unpacks to more than ${MAX_FILE_BYTES / 2 ** 20} MB`);
    lendText(module, file.name, (name, nameLength) =>
      lend(module, bytes, (at) => module._loom_open_file(name, nameLength, at, bytes.length)));
  } catch (error) {
    say(error.message);
  }
}
