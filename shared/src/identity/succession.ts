/**
 * How a roster follows another. Version v + 1 names the hash of v and carries signatures of sites of v; a site signs at most one successor
 * of a version. So nobody, the coordinator least of all, can replace, fork or roll back a list that hospitals have confirmed.
 *
 * Source: docs/protocol.md, "Roster".
 */
import * as z from 'zod';
import { fromBase64, lengthPrefixed } from '../crypto/index.ts';
import type { DeviceKeys } from './credentials.ts';
import { bytes64, siteIndex } from './fields.ts';
import { type Roster, rosterHash } from './roster.ts';
import type { Verify } from './verify.ts';

/** Schema of one site's signature under a successor. */
export const successionSignatureSchema = z.strictObject({ site: siteIndex, signature: bytes64 });
export type SuccessionSignature = Readonly<z.infer<typeof successionSignatureSchema>>;

/**
 * What a site of a roster signs to let another one follow it.
 *
 * @param input.site - Roster index of the signer, in `current`.
 */
export function successionBytes(input: {
  readonly current: Roster;
  readonly next: Roster;
  readonly site: number;
}): Uint8Array<ArrayBuffer> {
  const { current, next, site } = input;
  return lengthPrefixed(['consilium roster succession 1', current.study, current.version, rosterHash(current), rosterHash(next), site]);
}

export type SuccessionFlaw =
  | 'roster-rolled-back'
  | 'roster-forked'
  | 'roster-gap'
  | 'roster-wrong-previous'
  | 'roster-mismatch'
  | 'roster-unsigned';

/**
 * Whether an offered roster may take the place of the one in force.
 *
 * @param input.keys - Device keys of the sites of `current`.
 * @param input.needed - Signatures that are needed, t of the sites of `current`.
 * @returns `same`, `follows`, or the first thing that is wrong.
 */
export function judgeSuccessor(input: {
  readonly current: Roster;
  readonly offered: Roster;
  readonly signatures: readonly SuccessionSignature[];
  readonly keys: DeviceKeys;
  readonly needed: number;
  readonly verify: Verify;
}): 'same' | 'follows' | SuccessionFlaw {
  const { current, offered, signatures, keys, needed, verify } = input;
  if (rosterHash(offered) === rosterHash(current)) return 'same';
  if (offered.study !== current.study) return 'roster-mismatch';
  if (offered.version < current.version) return 'roster-rolled-back';
  if (offered.version === current.version) return 'roster-forked';
  if (offered.version > current.version + 1) return 'roster-gap';
  if (offered.previous !== rosterHash(current)) return 'roster-wrong-previous';
  if (!keepsPlaces(current, offered)) return 'roster-mismatch';
  const signed = signatures.filter(({ site, signature }) => {
    const key = keys.get(site);
    return key !== undefined && verify(fromBase64(key), successionBytes({ current, next: offered, site }), fromBase64(signature));
  });
  return new Set(signed.map(({ site }) => site)).size >= needed ? 'follows' : 'roster-unsigned';
}

/** An index belongs to one site for the life of the study: two sites never share the masks of one place. */
function keepsPlaces(current: Roster, offered: Roster): boolean {
  return offered.sites.every(({ index, id }) => current.sites.every((site) => (site.index === index) === (site.id === id)));
}

/** Which successor a site has signed; kept on disk before the signature leaves. */
export interface SignedSuccessor {
  /** Hash of the roster that is followed. */
  readonly of: string;
  readonly successor: string;
}

/**
 * Whether a site may sign a successor: one for each version, the same one as often as it is asked.
 */
export function maySignSuccessor(signed: readonly SignedSuccessor[], wish: SignedSuccessor): boolean {
  return signed.every(({ of, successor }) => of !== wish.of || successor === wish.successor);
}
