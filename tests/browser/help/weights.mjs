// Invalid weight files.
import {createHash} from 'node:crypto';

export function readHeader(bytes) {
  const length = Number(bytes.readBigUInt64LE(0));
  return {length, header: JSON.parse(bytes.toString('utf8', 8, 8 + length))};
}

// The values of a tensor of type F16, F32 or U8.
export function tensor(bytes, name) {
  const {length, header} = readHeader(bytes), {dtype, data_offsets: [from, to]} = header[name];
  const data = bytes.subarray(8 + length + from, 8 + length + to);
  if (dtype === 'U8') return [...data];
  const width = {F16: 2, F32: 4}[dtype];
  return Array.from({length: data.length / width}, (_, i) => width === 4 ? data.readFloatLE(4 * i) : half(data.readUInt16LE(2 * i)));
}
function half(bits) {
  const sign = bits >> 15 ? -1 : 1, exponent = bits >> 10 & 31, fraction = bits & 1023;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * fraction / 1024); // if finite
}

function withHeader(header, data = Buffer.alloc(0)) {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

const LARGE = 70 * 2 ** 20;

// {kind of damage: bytes}, made from a valid file. `html` is a typical response of a captive portal.
export function damaged(sound) {
  const {length, header} = readHeader(sound);
  const data = sound.subarray(8 + length);
  const [, weight] = Object.entries(header).find(([name, {dtype}]) => name.startsWith('decoder.') && /^F(16|32)$/.test(dtype));
  const changed = (change) => {
    const copy = Buffer.from(sound);
    change(copy);
    return copy;
  };
  const alien = {weight: {dtype: 'F32', shape: [2, 2], data_offsets: [0, 16]}};
  const missing = Object.fromEntries(Object.entries(header).filter(([name]) => name !== '__metadata__'));
  return {
    'cut in half': sound.subarray(0, sound.length >> 1),
    'one bit wrong': changed((copy) => { copy[copy.indexOf('data_offsets')] ^= 0x10; }),
    'an HTML page': Buffer.from('<!doctype html><title>Welcome</title><p>Please log in to the network'),
    'empty': Buffer.alloc(0),
    'three bytes': Buffer.from('abc'),
    'not-a-numbers': changed((copy) => {
      for (let at = 8 + length + weight.data_offsets[0], i = 0; i < 8; i++, at += 4)
        weight.dtype === 'F16' ? copy.writeUInt16LE(0x7e00, at) : copy.writeUInt32LE(0x7fc00000, at);
    }),
    'somebody else\'s tensors': withHeader(alien, Buffer.alloc(16)),
    'no metadata': withHeader(missing, data),
    'a header without end': changed((copy) => { copy.writeBigUInt64LE(0xffffffffffffffffn, 0); }),
    'tensors outside of the file': withHeader({w: {dtype: 'F32', shape: [1 << 30], data_offsets: [0, 2 ** 32]}}, Buffer.alloc(16)),
    '70 MB': Buffer.alloc(LARGE, 0x20),
  };
}

// The manifest with length and hash of these bytes for a model, so that only our reader can refuse them.
export function promising(manifest, name, bytes) {
  const copy = structuredClone(manifest);
  Object.assign(copy.models.find((model) => model.name === name), {bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')});
  return JSON.stringify(copy);
}
