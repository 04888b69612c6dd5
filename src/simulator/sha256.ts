/**
 * SHA-256 (FIPS 180-4) in one go. The platform's own is asynchronous, and absent in pages that are not loaded securely; a
 * reader answers at once. It is for checksums of files here, never for secrets.
 */

/** The first 32 bits of the fractional part of a root of a whole number (FIPS 180-4, sections 4.2.2 and 5.3.3). */
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

const primes = firstPrimes(64);
const roundConstants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const beginning = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const BLOCK = 64;
/** Bytes at the end of the last block that hold the length. */
const LENGTH_FIELD = 8;

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The message with the bit 1, zeros and its length in bits: whole blocks (FIPS 180-4, section 5.1.1). */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 1 + LENGTH_FIELD) / BLOCK) * BLOCK;
  const message = new Uint8Array(length);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setBigUint64(length - LENGTH_FIELD, BigInt(bytes.length) * 8n);
  return view;
}

/** The 32 bytes of the hash. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const message = padded(bytes);
  const state = Int32Array.from(beginning);
  const words = new Int32Array(64);
  for (let at = 0; at < message.byteLength; at += BLOCK) addBlock(state, words, message, at);
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => {
    hash.setInt32(index * 4, word);
  });
  return new Uint8Array(hash.buffer);
}

/** One block (FIPS 180-4, section 6.2.2); the names are those of the standard. */
function addBlock(state: Int32Array, w: Int32Array, message: DataView, at: number): void {
  const word = (index: number): number => w[index] ?? 0;
  for (let t = 0; t < 16; t++) w[t] = message.getInt32(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const [early, late] = [word(t - 15), word(t - 2)];
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[t] = (sigma1 + word(t - 7) + sigma0 + word(t - 16)) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (roundConstants[t] ?? 0) + word(t)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = ((state[index] ?? 0) + value) | 0;
  });
}
