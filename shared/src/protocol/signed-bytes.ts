/**
 * The bytes that sites sign: canonical binary, one function a message, never JSON. Golden vectors are in `test/vectors`.
 *
 * Form: length-prefixed (domain, protocol version, study, roster hash, round, phase, sender index; from R1 on, context), then
 * the message's own fields. Signatures outside a round have round 0.
 * Source: docs/protocol.md, "Signed bytes".
 */
import { fromBase64, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import { NO_HASH, type Roster, rosterHash } from '../identity/index.ts';
import { advertFields } from './context.ts';
import type { Advert, Survivor } from './coordinator-messages.ts';
import { PROTOCOL } from './fields.ts';
import type { SiteSays } from './site-messages.ts';
import { sharersHash, survivorsHash } from './transcript.ts';

const DOMAIN = 'consilium signature 1';

type Part = Uint8Array | string | number;

/** Who signs, in which round, under which roster. */
export interface RoundSigner {
  readonly roster: Roster;
  readonly round: number;
  /** Roster index of the sender. */
  readonly site: number;
}
export interface ContextSigner extends RoundSigner {
  /** From `roundContext`, 32 bytes. */
  readonly context: Uint8Array;
}

function prefix({ roster, round, site }: RoundSigner, phase: string): Part[] {
  return [DOMAIN, PROTOCOL, roster.study, rosterHash(roster), round, phase, site];
}

/**
 * What a site signs when its data are checked. There is no roster yet, so its place holds zeros and the sender is named by id.
 */
export function readyBytes(ready: Pick<SiteSays<'ready'>, 'study' | 'rows' | 'events' | 'checks'> & { readonly id: string }): Uint8Array {
  const { study, id, rows, events, checks } = ready;
  return lengthPrefixed([DOMAIN, PROTOCOL, study, NO_HASH, 0, 'ready', id, rows, events, checks]);
}

/** What a site signs when it leaves. There may be no roster yet, so its place holds zeros and the sender is named by id. */
export function leaveBytes({ study, id }: { readonly study: string; readonly id: string }): Uint8Array {
  return lengthPrefixed([DOMAIN, PROTOCOL, study, NO_HASH, 0, 'leave', id]);
}

/** What a site signs to approve a plan: plan, roster (in the prefix and by name) and client build. */
export function approveBytes(
  signer: Omit<RoundSigner, 'round'>,
  approval: Pick<SiteSays<'approve'>, 'planHash' | 'rosterHash' | 'clientHash'>,
): Uint8Array {
  const { planHash, rosterHash: roster, clientHash } = approval;
  return lengthPrefixed([...prefix({ ...signer, round: 0 }, 'approve'), planHash, roster, clientHash]);
}

/** What a person who signs for a site signs in place of `approveBytes`: that it does not, and why. */
export function refusalBytes(
  signer: Omit<RoundSigner, 'round'>,
  refusal: { readonly planHash: string; readonly reason: string },
): Uint8Array {
  return lengthPrefixed([...prefix({ ...signer, round: 0 }, 'person-refuses'), refusal.planHash, refusal.reason]);
}

/** R0: the advert's fields. */
export function advertBytes(signer: Omit<RoundSigner, 'site'>, advert: Omit<Advert, 'signature'>): Uint8Array {
  return lengthPrefixed([...prefix({ ...signer, site: advert.site }, 'advertise-keys'), ...advertFields(advert)]);
}

/** What a dealer states about one recipient's shares. */
export interface ShareStatement {
  readonly to: number;
  /** Base64, as sent. */
  readonly sealed: string;
  readonly selfSeedCommitment: string;
  readonly maskKeyCommitment: string;
}

/** R1: recipient, SHA-256 of the envelope, and the two commitments. One signature a recipient, so that each is evidence alone. */
export function shareBytes(signer: ContextSigner, statement: ShareStatement): Uint8Array {
  const { to, sealed, selfSeedCommitment, maskKeyCommitment } = statement;
  const envelope = toHex(sha256(fromBase64(sealed)));
  return lengthPrefixed([...inContext(signer, 'share-keys'), to, envelope, selfSeedCommitment, maskKeyCommitment]);
}

/** Instead of R2: whose share does not fit. */
export function complaintBytes(signer: ContextSigner, against: number): Uint8Array {
  return lengthPrefixed([...inContext(signer, 'complain'), against]);
}

/** R2: length and SHA-256 of the masked bytes. */
export function maskedVectorBytes(signer: ContextSigner, vector: { readonly sizeBytes: number; readonly hash: string }): Uint8Array {
  return lengthPrefixed([...inContext(signer, 'masked-vector'), vector.sizeBytes, vector.hash]);
}

/** R3: SHA-256 of U1 and of U3. */
export function consistencyBytes(signer: ContextSigner, sharers: readonly number[], survivors: readonly Survivor[]): Uint8Array {
  return lengthPrefixed([...inContext(signer, 'consistency'), sharersHash(sharers), survivorsHash(survivors)]);
}

/** R4: every share handed over, with whose it is. */
export function unmaskBytes(signer: ContextSigner, answer: Pick<SiteSays<'unmask'>, 'selfSeedShares' | 'maskKeyShares'>): Uint8Array {
  const flat = (list: typeof answer.selfSeedShares) => lengthPrefixed(list.flatMap(({ of, share }) => [of, fromBase64(share)]));
  return lengthPrefixed([...inContext(signer, 'unmask'), flat(answer.selfSeedShares), flat(answer.maskKeyShares)]);
}

function inContext(signer: ContextSigner, phase: string): Part[] {
  return [...prefix(signer, phase), signer.context];
}
