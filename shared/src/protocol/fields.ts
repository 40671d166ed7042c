/**
 * The building blocks of every message: bounded texts, hashes, keys and indices. Binary travels as base64 text in its one
 * canonical spelling (padding present, unused bits zero), so that equal bytes are always equal text.
 *
 * Source: docs/protocol.md.
 */
import * as z from 'zod';

/** Version of the protocol; part of every message and of every signed byte string. */
export const PROTOCOL = 1;
/** Most sites of one sum: a share's x is one byte, and larger studies sum in groups. */
export const MAX_SITES = 200;

const LAST_OF_32 = '[AEIMQUYcgkosw048]';

/** SHA-256 as 64 lower-case hex digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** 32 bytes in canonical base64: keys, seeds, shares. */
export const bytes32 = z.string().regex(new RegExp(`^[A-Za-z0-9+/]{42}${LAST_OF_32}=$`));
/** 64 bytes in canonical base64: an Ed25519 signature. */
export const bytes64 = z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/);
/** A sealed envelope: canonical base64 of at most 768 bytes. */
export const sealed = z
  .string()
  .max(1024)
  .regex(new RegExp(`^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}${LAST_OF_32}=)?$`));
/** Position of a site in the roster; it must fit an unsigned 16-bit integer. */
export const siteIndex = z.int().min(0).max(0xffff);
/** Number of a round; the first is 1. */
export const roundNumber = z.int().min(1).max(0x7fffffff);
/** Identifier of a study or a site. */
export const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
/** A name people read: well-formed Unicode, shown as text, never as HTML. */
export const personName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^\P{Cs}*$/u);
/** What every message carries. */
export const inStudy = { protocol: z.literal(PROTOCOL), study: identifier };
/** What every message of a round carries. */
export const inRound = { ...inStudy, round: roundNumber };
