/**
 * How a roster follows another. Version v + 1 names the hash of v and carries signatures of sites of v; a site signs at most one successor
 * of a version. So nobody, the coordinator least of all, can replace, fork or roll back a list that hospitals have confirmed.
 *
 * What a site lets happen is wider than what it signs itself: its own signature stands only under a list that is shorter, never under a newcomer,
 * another key or another coordinator.
 *
 * Source: docs/protocol.md, "Roster".
 */
import * as z from 'zod';
import { fromBase64, lengthPrefixed } from '../crypto/index.ts';
import { bytes64, siteIndex } from './fields.ts';
import { type Roster, type RosterEntry, rosterHash } from './roster.ts';
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

/** The list that follows when some hospitals are no longer on it. Places, policy and coordinator stay as they are. */
export const shorterRoster = (current: Roster, gone: readonly string[]): Roster => ({
  ...current,
  version: current.version + 1,
  previous: rosterHash(current),
  sites: current.sites.filter(({ id }) => !gone.includes(id)),
});

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
 * @param input.keys - Device keys of the sites of `current`, by roster index, base64. A signature was given once and stays, so keys of devices
 *   that were replaced since belong here; suspended ones do not.
 * @param input.needed - Signatures that are needed, t of the sites of `current`.
 * @returns `same`, `follows`, or the first thing that is wrong.
 */
export function judgeSuccessor(input: {
  readonly current: Roster;
  readonly offered: Roster;
  readonly signatures: readonly SuccessionSignature[];
  readonly keys: ReadonlyMap<number, readonly string[]>;
  readonly needed: number;
  readonly verify: Verify;
}): 'same' | 'follows' | SuccessionFlaw {
  const { current, offered, signatures, keys, needed, verify } = input;
  if (rosterHash(offered) === rosterHash(current)) return 'same';
  const flaw = flawInOrder(current, offered);
  if (flaw !== null) return flaw;
  const signed = signatures.filter(({ site, signature }) => {
    const bytes = successionBytes({ current, next: offered, site });
    return (keys.get(site) ?? []).some((key) => verify(fromBase64(key), bytes, fromBase64(signature)));
  });
  return new Set(signed.map(({ site }) => site)).size >= needed ? 'follows' : 'roster-unsigned';
}

/** Whether a roster is the next one by its version, the hash it names and its places, whoever signed it. */
function flawInOrder(current: Roster, offered: Roster): SuccessionFlaw | null {
  if (offered.study !== current.study) return 'roster-mismatch';
  if (offered.version < current.version) return 'roster-rolled-back';
  if (offered.version === current.version) return 'roster-forked';
  if (offered.version > current.version + 1) return 'roster-gap';
  if (offered.previous !== rosterHash(current)) return 'roster-wrong-previous';
  return keepsPlaces(current, offered) ? null : 'roster-mismatch';
}

/**
 * Why a site must not sign a successor that it is asked to sign, or null.
 *
 * @param input.current - The roster in force at the site.
 * @param input.signed - The successors it has signed.
 * @returns `roster-forked` where it has signed another successor of `current`; `roster-mismatch` where anything but hospitals that go would change.
 */
export function flawInProposal(input: {
  readonly current: Roster;
  readonly next: Roster;
  readonly signed: readonly SignedSuccessor[];
}): SuccessionFlaw | null {
  const { current, next, signed } = input;
  const flaw = flawInOrder(current, next);
  if (flaw !== null) return flaw;
  const gone = goneFrom(current, next).map(({ id }) => id);
  if (gone.length === 0 || rosterHash(next) !== rosterHash(shorterRoster(current, gone))) return 'roster-mismatch';
  return maySignSuccessor(signed, { of: rosterHash(current), successor: rosterHash(next) }) ? null : 'roster-forked';
}

/** Hospitals of a list that are not on the one that follows it. */
export const goneFrom = (current: Roster, next: Roster): readonly RosterEntry[] =>
  current.sites.filter(({ index }) => next.sites.every((site) => site.index !== index));

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
