// Data packs: images with labels in one file, in blocks that are zlib streams (src/data/pack/pack_header.h describes the
// format). tools/assemble_dist.py cuts a pack into its header and its blocks, so that a page loads only those it needs.
// The module checks header and images again.

import {download} from './download.js';
import {TEXTS} from './texts.js';

const PREFIX_BYTES = 48; // before the JSON header; its length is at byte 12
const MAX_HEADER_BYTES = 2 ** 20, MAX_BLOCK_BYTES = 2 ** 26; // what is unpacked at most

// {bytes: the bytes before the data, data: the parsed header}. Throws Error if they cannot be read.
function readHeader(bytes) {
  const length = bytes.length < PREFIX_BYTES ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  const end = PREFIX_BYTES + length;
  if (length > MAX_HEADER_BYTES || end > bytes.length) throw new Error(TEXTS.files.damagedPack);
  try {
    return {bytes: bytes.subarray(0, end), data: JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, end)))};
  } catch (error) {
    throw new Error(TEXTS.files.damagedPack, {cause: error});
  }
}

// What a zlib stream unpacks to. A small stream can unpack to gigabytes, so it is stopped at the limit.
async function inflate(packed) {
  const parts = [];
  let length = 0;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  for (const reader = stream.getReader(); ;) {
    const {done, value} = await reader.read().catch((error) => { throw new Error(TEXTS.files.damagedPack, {cause: error}); });
    if (done) break;
    length += value.length;
    if (length > MAX_BLOCK_BYTES) {
      reader.cancel().catch(() => {});
      throw new Error(TEXTS.files.damagedPack);
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const headers = new Map(); // of the packs of this site, by folder; each a promise

// The bytes before the data of a pack of this site. `pack`: its entry in build.json.
export function packHeader({path, bytes, sha256}) {
  const coming = headers.get(path) ?? download(`${path}header.pack`, {bytes, sha256}).then(readHeader);
  headers.set(path, coming);
  coming.catch(() => headers.delete(path));
  return coming.then((header) => header.bytes);
}

// A block of it, unpacked.
export async function packBlock({path}, index) {
  const {data} = await headers.get(path), {packed_bytes: bytes, packed_sha256: sha256} = data.blocks[index];
  return inflate(await download(`${path}${index}.pack`, {bytes, sha256}));
}

const greyOf = (level, levels) => Math.floor((510 * level + levels - 1) / (2 * (levels - 1)));
const MAX_PAIRED_LEVELS = 16; // up to which two pixels share a byte, one above the other

// Writes the grey values of unpacked images to `out`, and returns how many there are.
function expand(stored, [, height, width], levels, out) {
  const grey = Uint8Array.from({length: 256}, (_, level) => greyOf(level, levels));
  if (levels > MAX_PAIRED_LEVELS) {
    stored.forEach((level, i) => { out[i] = grey[level]; });
    return stored.length;
  }
  const image = Math.ceil(height / 2) * width, count = stored.length / image;
  for (let n = 0; n < count; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const pair = stored[n * image + (y >> 1) * width + x];
        out[(n * height + y) * width + x] = grey[y % 2 ? pair >> 4 : pair & 15];
      }
  return count * height * width;
}

// Images and labels from unpacked blocks: {pixels, labels, shape: [height, width], classNames}; labels is null if there are
// none.
function assembled({shape, images, levels, class_names: classNames}, parts, labels) {
  const pixels = new Uint8Array(images * shape[1] * shape[2]);
  let at = 0;
  for (const part of parts) at += expand(part, shape, levels, pixels.subarray(at));
  if (at !== pixels.length || (labels && labels.length !== images)) throw new Error(TEXTS.files.damagedPack);
  return {pixels, labels, shape: shape.slice(1), classNames};
}

// All images of a pack of this site, for training. onProgress(share).
export async function packImages(pack, onProgress) {
  await packHeader(pack);
  const {data} = await headers.get(pack.path), {labels, blocks} = data;
  let arrived = 0;
  const parts = await Promise.all(blocks.map(async (_, index) => {
    const part = await packBlock(pack, index);
    onProgress(++arrived / blocks.length);
    return part;
  }));
  const {packed_bytes: bytes, packed_sha256: sha256} = labels;
  return assembled(data, parts, await inflate(await download(`${pack.path}labels.pack`, {bytes, sha256})));
}

const MOST_IMAGES = 60000, MOST_SIDE = 64, MOST_CLASSES = 64; // of a pack that the visitor opened to train on

// The same of a pack that the visitor opened.
export async function imagesOfPack(bytes) {
  const {bytes: {length: begin}, data} = readHeader(bytes), {shape, images, levels, class_names: names, labels, blocks} = data;
  const whole = (value, most) => Number.isInteger(value) && value >= 1 && value <= most;
  const sound = Array.isArray(shape) && shape[0] === 1 && whole(shape[1], MOST_SIDE) && whole(shape[2], MOST_SIDE) && whole(images, MOST_IMAGES) &&
    whole(levels, 256) && levels > 1 && Array.isArray(names) && names.length <= MOST_CLASSES && Array.isArray(blocks);
  if (!sound) throw new Error(TEXTS.files.damagedPack);
  const stream = ({offset, packed_bytes: length}) => inflate(bytes.subarray(begin + offset, begin + offset + length));
  const parts = [];
  let left = images * shape[1] * shape[2]; // bytes that the blocks unpack to at most
  for (const block of blocks) {
    parts.push(await stream(block));
    left -= parts.at(-1).length;
    if (left < 0) throw new Error(TEXTS.files.damagedPack);
  }
  return assembled(data, parts, labels && await stream(labels));
}

// A pack that the visitor opened: calls onHeader(bytes) and then onBlock(index, unpacked) for each block.
export async function openPack(bytes, onHeader, onBlock) {
  const header = readHeader(bytes);
  onHeader(header.bytes);
  for (const [index, {offset, packed_bytes: length}] of header.data.blocks.entries()) {
    const begin = header.bytes.length + offset;
    onBlock(index, await inflate(bytes.subarray(begin, begin + length)));
  }
}
