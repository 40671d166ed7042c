/** One mask of a million parameters, expanded and added: against OpenSSL's bare ChaCha20 (the limit) and against noble (a peer). */
import { createCipheriv } from 'node:crypto';
import { addKeystream } from '@consilium/shared/crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';
import { type Measurement, timeFigure } from './measurement.ts';
import { sideBySide } from './side-by-side.ts';

const PARAMETERS = 1_000_000;
const REPETITIONS = 15;
/** TypeScript and WebAssembly are compiled better after some calls. */
const WARMUPS = 5;
const seed = new Uint8Array(32).fill(7);

/** OpenSSL's stream in pieces that stay in the cache: no adding, no memory traffic, nothing but ChaCha20. */
export function opensslStream(words: number): void {
  const piece = new Uint8Array(65_536);
  const cipher = createCipheriv('chacha20', seed, new Uint8Array(16));
  for (let left = 4 * words; left > 0; left -= piece.length) cipher.update(left < piece.length ? piece.subarray(0, left) : piece);
}

export const maskExpansion: Measurement = {
  name: 'mask-expansion',
  title: 'A mask of 1M parameters, expanded and added',
  run: async () => {
    const target = new Uint32Array(PARAMETERS);
    const zeros = new Uint8Array(4 * PARAMETERS);
    const stream = new Uint32Array(PARAMETERS);
    const nonce = new Uint8Array(12);
    const times = await sideBySide(
      {
        product: () => addKeystream(target, seed, 1),
        openssl: () => opensslStream(PARAMETERS),
        noble: () => {
          chacha20(seed, nonce, zeros, new Uint8Array(stream.buffer));
          for (let i = 0; i < PARAMETERS; i++) target[i]! += stream[i]!;
        },
      },
      REPETITIONS,
      WARMUPS,
    );
    const of = { what: 'expand + add', productMs: times.product };
    const nobleTimes = times.noble / times.product;
    return [
      timeFigure({ ...of, against: { kind: 'limit', name: 'OpenSSL chacha20, no add' }, yardstickMs: times.openssl, most: 1.5 }),
      {
        ...timeFigure({ ...of, against: { kind: 'peer', name: 'noble chacha20 + add' }, yardstickMs: times.noble }),
        ratio: `${nobleTimes.toFixed(2)} × its speed`,
        aim: { text: '≥ 4 ×', isMet: nobleTimes >= 4 },
      },
    ];
  },
};
