/**
 * Words that people read to each other: twelve for a roster, seven for a passphrase, from the English list of BIP-39, whose words differ
 * within their first four letters.
 *
 * Source: BIP-39 (word list); docs/protocol.md, "Roster".
 */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { utf8Bytes } from '../crypto/index.ts';
import { type Roster, rosterBytes } from './roster.ts';

const BITS = 11; // of one word of 2048
export const FINGERPRINT_WORDS = 12;
export const FINGERPRINT_ITERATIONS = 2 ** 20;
export const PASSPHRASE_WORDS = 7;
/** Random bytes from which a passphrase is made. */
export const PASSPHRASE_BYTES = 2 * PASSPHRASE_WORDS;

const KNOWN = new Set(wordlist);

/** PBKDF2-HMAC-SHA-256. The browser brings WebCrypto's, Node its own. */
export type Stretch = (input: {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly length: number;
}) => Promise<Uint8Array>;

/**
 * The roster's fingerprint: 132 bits of PBKDF2-SHA-256 over its canonical bytes, as twelve words.
 *
 * @param stretch - A million iterations make looking for a second roster with the same words dear.
 */
export async function rosterWords(roster: Roster, stretch: Stretch): Promise<readonly string[]> {
  const bytes = await stretch({
    secret: Uint8Array.from(rosterBytes(roster)),
    salt: utf8Bytes('consilium roster words 1'),
    iterations: FINGERPRINT_ITERATIONS,
    length: Math.ceil((FINGERPRINT_WORDS * BITS) / 8),
  });
  return wordsOf(bytes, FINGERPRINT_WORDS);
}

/** The first `count` groups of eleven bits, each as a word. */
export function wordsOf(bytes: Uint8Array, count: number): string[] {
  if (bytes.length * 8 < count * BITS) throw new RangeError(`wordsOf: ${bytes.length} bytes are too few for ${count} words`);
  return Array.from({ length: count }, (_, word) => {
    let value = 0;
    for (let bit = word * BITS; bit < (word + 1) * BITS; bit++) value = 2 * value + ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1);
    return wordlist[value]!;
  });
}

/**
 * A passphrase of seven words: 77 bits.
 *
 * @param random - `PASSPHRASE_BYTES` fresh bytes from the platform's generator.
 */
export function passphraseOf(random: Uint8Array): string {
  if (random.length !== PASSPHRASE_BYTES) throw new RangeError(`passphraseOf: expected ${PASSPHRASE_BYTES} bytes, got ${random.length}`);
  return wordsOf(random, PASSPHRASE_WORDS).join(' ');
}

/** How a typed word is compared: without spaces around it, in lower case. */
export const plainWord = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** Whether a word is on the list. */
export const isListed = (word: string): boolean => KNOWN.has(word);
