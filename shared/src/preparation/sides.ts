/**
 * Which part a patient belongs to, from the patient's id alone: the same at every site, version and reload.
 * Source: learning.md §2.2; HMAC as in RFC 2104, SHA-256 as in FIPS 180-4.
 */
import { patientHash } from '../schema/index.ts';

export const SET = { none: 0, train: 1, validation: 2, test: 3 } as const;
export type SetCode = (typeof SET)[keyof typeof SET];

export interface Shares {
  /** Share of patients kept for the test, 0 to 1. */
  readonly test: number;
  /** Share kept for validation, 0 to 1; `test + validation` is at most 1. */
  readonly validation: number;
}

/**
 * Makes the function that assigns patients to parts.
 *
 * @param studyId - The study's short name.
 * @param splitSeed - A whole number, ≥ 0.
 * @param shares - How large the parts are, on average.
 * @returns A function of an id (trimmed and brought to Unicode NFC here). It reads the first 53 bits of
 *   HMAC-SHA-256(SHA-256('split' ‖ study ‖ seed), id) as a fraction: below `test` is test, then validation, then training.
 */
export function sideOf(studyId: string, splitSeed: number, shares: Shares): (id: string) => SetCode {
  const hash = patientHash(`split${studyId}${splitSeed}`);
  return (id) => sideOfHash(hash(id), shares);
}

/** The part of a patient whose id is hashed already. @param hash - 64 hex digits, from `patientHash`. */
export function sideOfHash(hash: string, shares: Shares): SetCode {
  const fraction = uniform(hash);
  if (fraction < shares.test) return SET.test;
  return fraction < shares.test + shares.validation ? SET.validation : SET.train;
}

/** The first 53 bits, as a number in [0, 1). */
function uniform(hash: string): number {
  const [high, low] = [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8, 16), 16)];
  return (high * 2 ** 21 + (low >>> 11)) / 2 ** 53;
}
