/**
 * The code that a coordinator prints while it has no owner, and that an owner hands to a colleague: 125 random bits as 25 letters and digits in groups of five, without
 * characters that are mistaken for one another. It makes one account, once.
 *
 * Source: Crockford's base 32 (no I, L, O, U).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** @example makeAdminCode() // '7KQ2M-…', five groups of five */
export function makeAdminCode(): string {
  const letters = Array.from(randomBytes(25), (byte) => LETTERS.charAt(byte % 32)).join('');
  return (letters.match(/.{5}/g) ?? []).join('-');
}

/** Compares in constant time what was typed with the code: case, spaces and hyphens do not count, nor O for 0, I or L for 1. */
export function isSameCode(typed: string, code: string): boolean {
  return timingSafeEqual(digest(typed), digest(code));
}

/** What counts of a typed code. */
export function plainCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(plainCode(text)).digest();
}
