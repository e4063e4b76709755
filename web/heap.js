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

// The rectangle that ask(name, length, side) of the module gives side by side.
export function placeOf(module, ask, name) {
  const sides = [];
  lendText(module, name, (at, length) => sides.push(...[0, 1, 2, 3].map((side) => ask(at, length, side))));
  if (sides.some(Number.isNaN)) throw new RangeError(`there is no part ${name}`);
  const [x, y, width, height] = sides;
  return {x, y, width, height};
}
