/** What a tab may send over `/site`, as strict schemas: bounded texts, bounded bytes, nothing else. */
import * as z from 'zod';
import { CHUNK_BYTES } from '../store/index.ts';

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const index = z.int().min(0).max(1_000_000);

/** Base64 of exactly so many bytes, in its one canonical spelling. */
export function base64(length: number) {
  return z
    .string()
    .max(4 * Math.ceil(length / 3))
    .refine((text) => {
      const bytes = Buffer.from(text, 'base64');
      return bytes.length === length && bytes.toString('base64') === text;
    });
}

/** Site → coordinator, first, and again to take over from another tab. The signature is over the challenge. */
export const Hello = z.strictObject({
  study: identifier,
  site: identifier,
  publicKey: base64(32),
  signature: base64(64),
  load: z.string().regex(/^[0-9a-f]{8,64}$/),
  takeOver: z.boolean().optional(),
});

/** Site → coordinator, before the chunks of a blob. Answered with the indexes already kept. */
export const BlobBegin = z.strictObject({ hash, sizeBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** Site → coordinator, once a chunk, in any order, as often as needed. */
export const BlobChunk = z.strictObject({
  hash,
  index,
  digest: hash,
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length >= 1 && bytes.length <= CHUNK_BYTES),
});

/** Site → coordinator, once a chunk of a blob it reads. */
export const BlobGet = z.strictObject({ hash, index });
