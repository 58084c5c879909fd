// SHA-256 of a short text (FIPS 180-4). The browser's own one is there over HTTPS only, and
// answers too slowly to be asked some thousand times.

const FRACTION = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;

function primes(count) {
    const found = [];
    for (let number = 2; found.length < count; number++) {
        if (found.every((prime) => number % prime)) {
            found.push(number);
        }
    }
    return found;
}

const K = primes(64).map((prime) => FRACTION(Math.cbrt(prime)));
const START = primes(8).map((prime) => FRACTION(Math.sqrt(prime)));
const turned = (word, by) => (word >>> by) | (word << (32 - by));

function blocks(text) {
    const bytes = new TextEncoder().encode(text);
    const length = ((bytes.length + 8) >> 6) + 1;
    const words = new Int32Array(length * 16);
    bytes.forEach((byte, place) => (words[place >> 2] |= byte << (24 - (place & 3) * 8)));
    words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
    words[words.length - 1] = bytes.length * 8;
    return words;
}

function mix(state, words, from, w) {
    for (let i = 0; i < 64; i++) {
        if (i < 16) {
            w[i] = words[from + i];
        } else {
            const [a, b] = [w[i - 15], w[i - 2]];
            const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
            const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
            w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
        const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
}

/** The digest of `text` in hexadecimal digits. */
export function sha256(text) {
    const words = blocks(text);
    const w = new Int32Array(64);
    let state = START;
    for (let from = 0; from < words.length; from += 16) {
        state = mix(state, words, from, w);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
