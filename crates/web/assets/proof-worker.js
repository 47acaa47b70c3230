// Tries first, first + step, … up to last and answers the number whose SHA-256 with the salt is the
// challenge, or -1. SHA-256 (FIPS 180-4) is written out because WebCrypto called in a loop is five times slower.
const constants = new Uint32Array(64);
const start = new Uint32Array(8);
for (let prime = 2, count = 0; count < 64; prime += 1) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= prime; divisor += 1) if (prime % divisor === 0) isPrime = false;
  if (!isPrime) continue;
  if (count < 8) start[count] = (prime ** (1 / 2) % 1) * 2 ** 32;
  constants[count] = (prime ** (1 / 3) % 1) * 2 ** 32;
  count += 1;
}

const words = new Uint32Array(64);
const hash = new Uint32Array(8);

function addBlock(bytes, offset) {
  for (let i = 0; i < 16; i += 1) {
    const at = offset + 4 * i;
    words[i] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15];
    const y = words[i - 2];
    words[i] = words[i - 16] + words[i - 7]
      + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
      + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i += 1) {
    const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7))
      + (e & f ^ ~e & g) + constants[i] + words[i] | 0;
    const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
  }
  hash[0] += a; hash[1] += b; hash[2] += c; hash[3] += d;
  hash[4] += e; hash[5] += f; hash[6] += g; hash[7] += h;
}

const inHex = () => Array.from(hash, word => word.toString(16).padStart(8, '0')).join('');

onmessage = ({ data: { salt, challenge, first, step, last } }) => {
  const wanted = parseInt(challenge.slice(0, 8), 16);
  const prefix = new TextEncoder().encode(salt);
  // The salt, a number of at most 16 digits, the closing bit and the length.
  const bytes = new Uint8Array(prefix.length + 16 + 72 + 64);
  bytes.set(prefix);
  for (let number = first; number <= last; number += step) {
    const digits = String(number);
    const length = prefix.length + digits.length;
    const padded = (length + 72) >> 6 << 6;
    for (let i = 0; i < digits.length; i += 1) bytes[prefix.length + i] = digits.charCodeAt(i);
    bytes[length] = 0x80;
    bytes.fill(0, length + 1, padded);
    bytes[padded - 1] = length * 8;
    bytes[padded - 2] = length * 8 >> 8;
    hash.set(start);
    for (let offset = 0; offset < padded; offset += 64) addBlock(bytes, offset);
    if (hash[0] === wanted && inHex() === challenge) return postMessage(number);
  }
  postMessage(-1);
};
