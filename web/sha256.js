// SHA-256 (FIPS 180-4) for pages without Web Crypto, which browsers offer only in secure contexts.

// The first 32 bits of the fractional parts of square roots (initial state) and cube roots (round constants) of the
// first primes.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => (x - Math.floor(x)) * 2 ** 32 | 0;
const START = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p))), ROUND = primes.map((p) => fraction(Math.cbrt(p)));

const rotate = (x, by) => x >>> by | x << 32 - by;

function mix(state, view, at, w) {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >>> 3) + (rotate(b, 17) ^ rotate(b, 19) ^ b >>> 10);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + ROUND[i] + w[i] | 0;
    const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g, g = f, f = e, e = d + t1 | 0, d = c, c = b, b = a, a = t1 + t2 | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

// The hash in hexadecimal digits.
export function sha256(bytes) {
  const whole = bytes.length & ~63, end = new Uint8Array(bytes.length % 64 < 56 ? 64 : 128);
  end.set(bytes.subarray(whole));
  end[bytes.length % 64] = 0x80;
  const endView = new DataView(end.buffer);
  endView.setUint32(end.length - 8, Math.floor(bytes.length / 2 ** 29));
  endView.setUint32(end.length - 4, bytes.length << 3);
  const state = Int32Array.from(START), w = new Int32Array(64), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 64) mix(state, view, at, w);
  for (let at = 0; at < end.length; at += 64) mix(state, endView, at, w);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
