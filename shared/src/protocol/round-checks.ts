/**
 * What the coordinator checks before it accepts an answer. The sites check all of it again.
 *
 * Source: docs/protocol.md.
 */
import { fromBase64, fromHex, isUsableX25519Key } from '../crypto/index.ts';
import { packedLength } from '../secagg/index.ts';
import type { RejectionCode } from './rejections.ts';
import { toAdvert } from './round-answers.ts';
import { rising } from './round-cohort.ts';
import type { Advertising, Agreeing, FixedState, Masking, OpenState, Sharing, Unmasking } from './round-state.ts';
import { shareCommitment } from './share-envelope.ts';
import { type ContextSigner, complaintBytes, consistencyBytes, maskedVectorBytes, shareBytes, unmaskBytes } from './signed-bytes.ts';
import type { SiteMessage, SiteSays } from './site-messages.ts';
import type { Verify } from './terms.ts';
import { isAdvertSigned } from './vouch.ts';

type Flaw = RejectionCode | 'signed-bad-share' | null;

/**
 * The first thing wrong with an answer that is due in the current phase, or null.
 *
 * @returns `signed-bad-share` when the sender signed a share other than the one its dealer had committed to.
 */
export function flawIn(state: OpenState, from: number, message: SiteMessage, verify: Verify): Flaw {
  if (state.phase === 'advertising' && message.kind === 'advertise-keys') return flawInAdvert(state, from, message, verify);
  if (state.phase === 'sharing' && message.kind === 'share-keys') return flawInShares(state, from, message, verify);
  if (state.phase === 'masking' && message.kind === 'masked-vector') return flawInVector(state, from, message, verify);
  if (state.phase === 'agreeing' && message.kind === 'consistency') return flawInConsistency(state, from, message, verify);
  if (state.phase === 'unmasking' && message.kind === 'unmask') return flawInUnmask(state, from, message, verify);
  return 'wrong-phase';
}

/** Whether a complaint carries its sender's signature. */
export function isComplaintSigned(state: Masking, from: number, message: SiteSays<'complain'>, verify: Verify): boolean {
  return isSigned(state, from, complaintBytes(signer(state, from), message.against), message.signature, verify);
}

function flawInAdvert({ terms }: Advertising, from: number, message: SiteSays<'advertise-keys'>, verify: Verify): Flaw {
  if (message.site !== from) return 'malformed';
  if (message.modelHash !== terms.modelHash) return 'wrong-model';
  if (message.previousTranscript !== terms.previousTranscript) return 'wrong-transcript';
  if (!isAdvertSigned(terms, toAdvert(message), verify)) return 'bad-signature';
  return [message.envelopeKey, message.maskKey].every((key) => isUsableX25519Key(fromBase64(key))) ? null : 'zero-key';
}

function flawInShares(state: Sharing, from: number, message: SiteSays<'share-keys'>, verify: Verify): Flaw {
  const recipients = rising(state.adverts.keys()).filter((site) => site !== from);
  if (!isListFor(message.shares, ({ to }) => to, recipients)) return 'bad-share';
  const signed = message.shares.every((share) => isSigned(state, from, shareBytes(signer(state, from), share), share.signature, verify));
  return signed ? null : 'bad-signature';
}

function flawInVector(state: Masking, from: number, message: SiteSays<'masked-vector'>, verify: Verify): Flaw {
  if (message.sizeBytes !== packedLength(state.terms.query.layout)) return 'wrong-size';
  return isSigned(state, from, maskedVectorBytes(signer(state, from), message), message.signature, verify) ? null : 'bad-signature';
}

function flawInConsistency(state: Agreeing, from: number, message: SiteSays<'consistency'>, verify: Verify): Flaw {
  const bytes = consistencyBytes(signer(state, from), rising(state.shares.keys()), state.survivors);
  return isSigned(state, from, bytes, message.signature, verify) ? null : 'bad-signature';
}

function flawInUnmask(state: Unmasking, from: number, message: SiteSays<'unmask'>, verify: Verify): Flaw {
  const contributing = state.survivors.map(({ site }) => site);
  const dropped = rising(state.shares.keys()).filter((site) => !contributing.includes(site));
  const isComplete =
    isListFor(message.selfSeedShares, ({ of }) => of, contributing) && isListFor(message.maskKeyShares, ({ of }) => of, dropped);
  if (!isComplete) return 'bad-share';
  if (!isSigned(state, from, unmaskBytes(signer(state, from), message), message.signature, verify)) return 'bad-signature';
  const x = rising(state.adverts.keys()).indexOf(from) + 1;
  const fits = (kind: 'selfSeedCommitment' | 'maskKeyCommitment') => (given: { readonly of: number; readonly share: string }) => {
    if (given.of === from) return true; // a site's share of its own secret has no commitment; the reconstruction checks it
    const dealt = state.shares.get(given.of)!.shares.find(({ to }) => to === from)!;
    return shareCommitment(fromHex(state.context), x, fromBase64(given.share)) === dealt[kind];
  };
  const areFitting = message.selfSeedShares.every(fits('selfSeedCommitment')) && message.maskKeyShares.every(fits('maskKeyCommitment'));
  return areFitting ? null : 'signed-bad-share';
}

function signer(state: FixedState, site: number): ContextSigner {
  return { roster: state.terms.roster, round: state.terms.round, context: fromHex(state.context), site };
}

function isSigned(state: FixedState, site: number, bytes: Uint8Array, signature: string, verify: Verify): boolean {
  const key = state.terms.keys.get(site);
  return key !== undefined && verify(fromBase64(key), bytes, fromBase64(signature));
}

function isListFor<Item>(list: readonly Item[], siteOf: (item: Item) => number, sites: readonly number[]): boolean {
  return list.length === sites.length && list.every((item, i) => siteOf(item) === sites[i]);
}
