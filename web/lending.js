// Bytes and words for the module, in its own memory.

// Calls use(address, length) with a copy of the bytes in the module's memory.
export function lend(module, bytes, use) {
  const at = module._malloc(bytes.length || 1);
  if (!at) throw new Error('there is not enough memory for this file');
  module.HEAPU8.set(bytes, at);
  try {
    use(at, bytes.length);
  } finally {
    module._free(at);
  }
}

export function lendText(module, text, use) {
  lend(module, new TextEncoder().encode(text), use);
}
