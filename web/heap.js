// Passes bytes and texts to a WebAssembly module: copies them into its memory for the duration of a call.

// Calls use(address, length) with a copy of the bytes in the module's memory.
export function withHeapCopy(module, bytes, use) {
  const address = module._malloc(bytes.length || 1);
  if (!address) throw new Error('there is not enough memory for this file');
  module.HEAPU8.set(bytes, address);
  try {
    use(address, bytes.length);
  } finally {
    module._free(address);
  }
}

export function withHeapText(module, text, use) {
  withHeapCopy(module, new TextEncoder().encode(text), use);
}

// A rectangle by its name. side(address of the name, its length, i) returns x, y, width or height for i = 0 to 3, and
// NaN for an unknown name.
export function rectOf(module, side, name) {
  const sides = [];
  withHeapText(module, name, (address, length) => sides.push(...[0, 1, 2, 3].map((which) => side(address, length, which))));
  if (sides.some(Number.isNaN)) throw new RangeError(`there is no part ${name}`);
  const [x, y, width, height] = sides;
  return {x, y, width, height};
}
