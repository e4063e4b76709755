// The encoded test set in a weight file: aux.test_mu and aux.test_label, read from the safetensors bytes.

// Half precision to float, since not every browser has Float16Array.
function halves(view, offset, count) {
  return Float32Array.from({length: count}, (_, i) => {
    const bits = view.getUint16(offset + 2 * i, true), sign = bits & 0x8000 ? -1 : 1, power = bits >> 10 & 31, rest = bits & 1023;
    if (power === 31) return rest ? NaN : sign * Infinity;
    return sign * (power ? 2 ** (power - 15) * (1 + rest / 1024) : 2 ** -24 * rest);
  });
}

// {mu (count * dims floats), labels (count bytes), count}; a count of 0 where the file has none, or other than promised.
// The module has checked the file's structure before.
export function readTestSet(bytes, dims) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), header = Number(view.getBigUint64(0, true));
  const tensors = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + header)));
  const mu = tensors['aux.test_mu'], label = tensors['aux.test_label'];
  const count = label?.dtype === 'U8' ? label.shape[0] : 0;
  if (!count || !mu || mu.shape[0] !== count || mu.shape[1] !== dims || !/^F(16|32)$/.test(mu.dtype)) return {mu: new Float32Array(), labels: new Uint8Array(), count: 0};
  const at = 8 + header + mu.data_offsets[0], from = 8 + header + label.data_offsets[0];
  return {
    count, labels: bytes.slice(from, from + count),
    mu: mu.dtype === 'F16' ? halves(view, at, count * dims) : Float32Array.from({length: count * dims}, (_, i) => view.getFloat32(at + 4 * i, true)),
  };
}
