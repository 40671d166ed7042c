/**
 * Six words that stand for a person's key, name and role. The person's own browser shows them; at the hospital's tab three of them are typed as
 * the person reads them out, so that nobody in between, the coordinator least of all, puts another key in the place of the one that was made.
 *
 * Source: docs/protocol.md, "Who speaks for a hospital"; word list and stretching as for a roster's words.
 */
import { fromBase64, lengthPrefixed, utf8Bytes } from '../crypto/index.ts';
import type { PersonCertificate } from './certificate.ts';
import { FINGERPRINT_ITERATIONS, type Stretch, wordsOf } from './words.ts';

export const PERSON_WORDS = 6;
/** Positions (0 to 5) of the words that are typed; the others are compared by ear. */
export const PERSON_WORDS_HEARD: readonly number[] = [1, 3, 5];

/** What a person asks a hospital to certify. `study` is the plan's short name. */
export type PersonKey = Pick<PersonCertificate, 'study' | 'key' | 'role' | 'name'>;

/** @param stretch - A million iterations make looking for a second key with the same words dear. */
export async function personWords({ study, key, role, name }: PersonKey, stretch: Stretch): Promise<readonly string[]> {
  const bytes = await stretch({
    secret: Uint8Array.from(lengthPrefixed(['consilium person 1', study, fromBase64(key), role, name])),
    salt: utf8Bytes('consilium person words 1'),
    iterations: FINGERPRINT_ITERATIONS,
    length: 9, // 66 bits and a little more
  });
  return wordsOf(bytes, PERSON_WORDS);
}
