/**
 * The building blocks of rosters, certificates and messages: bounded texts, hashes, keys and indices. Binary travels as base64
 * text in its one canonical spelling (padding present, unused bits zero), so that equal bytes are always equal text.
 *
 * Source: docs/protocol.md.
 */
import * as z from 'zod';

/** Most sites of one sum: a share's x is one byte, and larger studies sum in groups. */
export const MAX_SITES = 200;

/** Base64 digits whose two lowest bits are zero: the last digit of 32 bytes. */
export const LAST_OF_32 = '[AEIMQUYcgkosw048]';

/** SHA-256 as 64 lower-case hex digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** 32 bytes in canonical base64: keys, seeds, shares. */
export const bytes32 = z.string().regex(new RegExp(`^[A-Za-z0-9+/]{42}${LAST_OF_32}=$`));
/** 64 bytes in canonical base64: an Ed25519 signature. */
export const bytes64 = z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/);
/** Position of a site in the roster; it must fit an unsigned 16-bit integer. */
export const siteIndex = z.int().min(0).max(0xffff);
/** Identifier of a study or a site. */
export const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
/** A name people read: well-formed Unicode on one line, without characters that steer a terminal or turn the order of letters; shown as text, never as HTML. */
export const personName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cs}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);

/** A name as it was typed or pasted, to one that `personName` takes; null when nothing or more than 120 characters remain. */
export function cleanName(text: string): string | null {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name.length === 0 || name.length > 120 ? null : name;
}
/** Whole seconds since 1970, UTC; up to the year 9999. */
export const moment = z.int().min(0).max(253_402_300_799);
