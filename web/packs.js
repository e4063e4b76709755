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

// A pack that the visitor opened: calls onHeader(bytes) and then onBlock(index, unpacked) for each block.
export async function openPack(bytes, onHeader, onBlock) {
  const header = readHeader(bytes);
  onHeader(header.bytes);
  for (const [index, {offset, packed_bytes: length}] of header.data.blocks.entries()) {
    const begin = header.bytes.length + offset;
    onBlock(index, await inflate(bytes.subarray(begin, begin + length)));
  }
}
