// Reads zip files (APPNOTE.TXT 6.3: stored and deflated entries) from memory. Nothing in them is trusted: every size is
// checked before memory is taken, and unpacking stops at the size that the entry promises.

const MOST_ENTRIES = 65534, END_BYTES = 22, ENTRY_BYTES = 46, LOCAL_BYTES = 30, MOST_COMMENT = 65535;
const SIGNATURES = {end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50};

export const isZip = (bytes) => bytes.length > END_BYTES && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

const CRC_TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
function crcOf(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

async function inflate(packed, size) {
  const out = new Uint8Array(size);
  let at = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    if (at + value.length > size) {
      reader.cancel().catch(() => {});
      throw new Error('unpacks to more than it says');
    }
    out.set(value, at);
    at += value.length;
  }
  if (at !== size) throw new Error('unpacks to less than it says');
  return out;
}

// The entries of a zip file that are files: [{path, size, unpack()}]. unpack() gives the bytes, or rejects if the entry is
// damaged, encrypted or packed in a way that is not known here. Throws Error if the list of entries cannot be read.
export function zipEntries(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = endOf(view);
  if (at < 0) throw new Error('the list of its files is missing');
  const count = view.getUint16(at + 10, true), listBytes = view.getUint32(at + 12, true);
  let entry = view.getUint32(at + 16, true);
  if (count > MOST_ENTRIES || entry + listBytes > at) throw new Error('the list of its files is damaged, or of a kind (zip64) that is not read here');
  const files = [];
  for (let n = 0; n < count; n++) {
    if (entry + ENTRY_BYTES > at || view.getUint32(entry, true) !== SIGNATURES.entry) throw new Error('the list of its files is damaged');
    const [flags, method] = [view.getUint16(entry + 8, true), view.getUint16(entry + 10, true)];
    const [crc, packed, size] = [16, 20, 24].map((offset) => view.getUint32(entry + offset, true));
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(entry + offset, true));
    const local = view.getUint32(entry + 42, true), name = entry + ENTRY_BYTES;
    entry = name + nameBytes + extraBytes + commentBytes;
    if (entry > at) throw new Error('the list of its files is damaged');
    const path = new TextDecoder().decode(bytes.subarray(name, name + nameBytes));
    if (!path.endsWith('/')) files.push({path, size, unpack: () => unpack(bytes, view, {flags, method, crc, packed, size, local})});
  }
  return files;
}

// Where the end record begins; a comment may follow it.
function endOf(view) {
  for (let at = view.byteLength - END_BYTES; at >= 0 && at >= view.byteLength - END_BYTES - MOST_COMMENT; at--)
    if (view.getUint32(at, true) === SIGNATURES.end) return at;
  return -1;
}

async function unpack(bytes, view, {flags, method, crc, packed, size, local}) {
  if (flags & 1) throw new Error('is encrypted');
  if (method !== 0 && method !== 8) throw new Error('is packed in a way that is not read here');
  if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== SIGNATURES.local) throw new Error('is damaged');
  const begin = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + packed > bytes.length || (method === 0 && packed !== size)) throw new Error('is damaged');
  const data = bytes.subarray(begin, begin + packed), content = method === 0 ? data : await inflate(data, size);
  if (crcOf(content) !== crc) throw new Error('is damaged');
  return content;
}
