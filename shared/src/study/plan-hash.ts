/** The name of a plan's content: what sites sign and every round's context holds. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import type { Plan } from './plan.ts';

/**
 * Hashes a plan. Plans that differ only in formatting, key order or written-out defaults have equal hashes.
 *
 * @param plan - A parsed plan.
 * @returns SHA-256 of its canonical JSON, 64 lower-case hex digits.
 */
export function planHash(plan: Plan): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(plan))));
}
