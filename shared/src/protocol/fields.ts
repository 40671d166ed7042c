/**
 * The building blocks of every message; those that rosters and certificates have too come from `identity`.
 *
 * Source: docs/protocol.md.
 */
import * as z from 'zod';
import { identifier, LAST_OF_32 } from '../identity/index.ts';

export { bytes32, bytes64, hash, identifier, MAX_SITES, personName, siteIndex } from '../identity/index.ts';

/** Version of the protocol; part of every message and of every signed byte string. */
export const PROTOCOL = 1;

/** A sealed envelope: canonical base64 of at most 768 bytes. */
export const sealed = z
  .string()
  .max(1024)
  .regex(new RegExp(`^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}${LAST_OF_32}=)?$`));
/** Number of a round; the first is 1. */
export const roundNumber = z.int().min(1).max(0x7fffffff);
/** What every message carries. */
export const inStudy = { protocol: z.literal(PROTOCOL), study: identifier };
/** What every message of a round carries. */
export const inRound = { ...inStudy, round: roundNumber };
