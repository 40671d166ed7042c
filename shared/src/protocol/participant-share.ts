/**
 * R1 at a site: check everyone's keys, fix threshold and context, deal the shares; then check the shares dealt to it.
 *
 * Source: docs/protocol.md, "R0" (what a site checks) and "R1".
 */
import { fromBase64, isUsableX25519Key, openEnvelope, sealEnvelope, splitSecret, toBase64 } from '../crypto/index.ts';
import { rosterEntry } from '../identity/index.ts';
import { roundContext } from './context.ts';
import type { Advert, CoordinatorSays, Envelope } from './coordinator-messages.ts';
import { contextPart, end, isRising, isSame, isSignedBy, openPart, signerOf } from './participant-common.ts';
import { sharingRandomness } from './participant-secrets.ts';
import type { HeldShare, ParticipantIn, ParticipantStep, UnsignedShare, WithContext, WithSecrets } from './participant-state.ts';
import type { RejectionCode } from './rejections.ts';
import { readSharePlaintext, shareCommitment, sharePlaintext } from './share-envelope.ts';
import { complaintBytes, shareBytes } from './signed-bytes.ts';
import { roundThresholds, type Verify } from './terms.ts';
import { isAdvertSigned } from './vouch.ts';

/** All adverts: on the roster, signed, one a site, same model, own advert among them, enough of them. */
export function receiveAdverts(
  state: ParticipantIn<'advertised'>,
  { adverts }: CoordinatorSays<'adverts'>,
  verify: Verify,
): ParticipantStep {
  const code = flawInAdverts(state, adverts, verify);
  if (code !== null) return end(state, code);
  const { terms, index } = state;
  const limits = roundThresholds(terms, adverts.length);
  const context = roundContext({ terms, adverts, limits });
  const fixed = { ...openPart(state), ...limits, adverts, context, shares: [] };
  const { own, dealt } = deal(state, fixed);
  const signer = signerOf(fixed, index);
  return {
    state: { ...fixed, shares: [own], secrets: state.secrets, work: state.work, phase: 'signing-shares', dealt },
    effects: [{ type: 'sign', round: terms.round, purpose: 'share-keys', messages: dealt.map((share) => shareBytes(signer, share)) }],
  };
}

function flawInAdverts(state: ParticipantIn<'advertised'>, adverts: readonly Advert[], verify: Verify): RejectionCode | null {
  const { terms, ownMinimum } = state;
  const sites = adverts.map(({ site }) => site);
  if (!isRising(sites) || sites.some((site) => rosterEntry(terms.roster, site) === undefined)) return 'adverts-inconsistent';
  const own = adverts.find(({ site }) => site === state.index);
  if (own === undefined || !isOwn(own, state.advert)) return 'adverts-inconsistent';
  if (!adverts.every((advert) => isAdvertSigned(terms, advert, verify))) return 'bad-signature';
  if (adverts.some(({ modelHash }) => modelHash !== terms.modelHash)) return 'model-not-derived';
  if (adverts.some(({ previousTranscript }) => previousTranscript !== terms.previousTranscript)) return 'wrong-transcript';
  const peers = adverts.filter((advert) => advert !== own);
  const isUsable = peers.every((peer) => [peer.envelopeKey, peer.maskKey].every((key) => isUsableX25519Key(fromBase64(key))));
  if (!isUsable) return 'zero-key';
  if (terms.query.cohort?.some((site) => !sites.includes(site))) return 'cohort-incomplete';
  return adverts.length < Math.max(roundThresholds(terms, adverts.length).minimum, ownMinimum) ? 'below-minimum' : null;
}

function isOwn(shown: Advert, sent: Advert): boolean {
  return (Object.keys(sent) as (keyof Advert)[]).every((key) => shown[key] === sent[key]);
}

/** Splits both secrets and seals one envelope for each other advertiser; the own share is kept. */
function deal({ secrets }: WithSecrets, fixed: WithContext): { readonly own: HeldShare; readonly dealt: UnsignedShare[] } {
  const { adverts, context, threshold, index } = fixed;
  const random = sharingRandomness(secrets, threshold);
  const split = (secret: Uint8Array, randomness: Uint8Array) => splitSecret({ secret, shares: adverts.length, threshold, randomness });
  const selfSeedShares = split(secrets.selfSeed, random.forSelfSeed);
  const maskKeyShares = split(secrets.maskSecret, random.forMaskKey);
  const at = (i: number) => ({ selfSeedShare: selfSeedShares[i]!, maskKeyShare: maskKeyShares[i]! });
  const dealt = adverts.flatMap((advert, i): UnsignedShare[] => {
    if (advert.site === index) return [];
    const shares = at(i);
    const sealed = sealEnvelope({
      nonce: random.nonceFor(advert.site),
      plaintext: sharePlaintext(context, index, advert.site, shares),
      recipientPublicKey: fromBase64(advert.envelopeKey),
      senderSecretKey: secrets.envelopeSecret,
    });
    const selfSeedCommitment = shareCommitment(context, i + 1, shares.selfSeedShare);
    const maskKeyCommitment = shareCommitment(context, i + 1, shares.maskKeyShare);
    return [{ to: advert.site, sealed: toBase64(sealed), selfSeedCommitment, maskKeyCommitment }];
  });
  return { own: { of: index, ...at(adverts.findIndex(({ site }) => site === index)) }, dealt };
}

/** U1 and the own envelopes: enough sharers, every envelope signed, opened and fitting; else a refusal or a complaint. */
export function receiveEnvelopes(state: ParticipantIn<'shared'>, message: CoordinatorSays<'envelopes'>, verify: Verify): ParticipantStep {
  const code = flawInSharers(state, message, verify);
  if (code !== null) return end(state, code);
  const shares = [...state.shares];
  for (const envelope of message.envelopes) {
    const share = openShare(state, envelope);
    if (share === null) return complain(state, envelope.from);
    shares.push(share);
  }
  const { secrets, work } = state;
  return { state: { ...contextPart(state), shares, sharers: message.sharers, secrets, work, phase: 'working' }, effects: [] };
}

function flawInSharers(state: ParticipantIn<'shared'>, message: CoordinatorSays<'envelopes'>, verify: Verify): RejectionCode | null {
  const { index, terms, adverts, threshold, minimum, ownMinimum } = state;
  const { sharers, envelopes } = message;
  const advertisers = new Set(adverts.map(({ site }) => site));
  if (!isRising(sharers) || !sharers.includes(index) || sharers.some((site) => !advertisers.has(site))) return 'sharers-inconsistent';
  const dealers = sharers.filter((site) => site !== index);
  const from = envelopes.map((envelope) => envelope.from);
  if (!isSame(from, dealers)) return 'sharers-inconsistent';
  if (sharers.length < threshold) return 'below-threshold';
  if (sharers.length < Math.max(minimum, ownMinimum)) return 'below-minimum';
  if (terms.query.cohort?.some((site) => !sharers.includes(site))) return 'cohort-incomplete';
  const isSigned = (envelope: Envelope) => {
    const bytes = shareBytes(signerOf(state, envelope.from), { ...envelope, to: index });
    return isSignedBy(terms, envelope.from, bytes, envelope.signature, verify);
  };
  return envelopes.every(isSigned) ? null : 'bad-signature';
}

/** Null when the dealer sealed something else than it signed. */
function openShare(state: ParticipantIn<'shared'>, envelope: Envelope): HeldShare | null {
  const { adverts, context, index, secrets } = state;
  const plaintext = openEnvelope({
    sealed: fromBase64(envelope.sealed),
    senderPublicKey: fromBase64(adverts.find(({ site }) => site === envelope.from)!.envelopeKey),
    recipientSecretKey: secrets.envelopeSecret,
  });
  const shares = plaintext === null ? null : readSharePlaintext(plaintext, context, envelope.from, index);
  if (shares === null) return null;
  const x = adverts.findIndex(({ site }) => site === index) + 1;
  const isFitting =
    shareCommitment(context, x, shares.selfSeedShare) === envelope.selfSeedCommitment &&
    shareCommitment(context, x, shares.maskKeyShare) === envelope.maskKeyCommitment;
  return isFitting ? { of: envelope.from, ...shares } : null;
}

function complain(state: ParticipantIn<'shared'>, against: number): ParticipantStep {
  const messages = [complaintBytes(signerOf(state, state.index), against)];
  return {
    state: { ...contextPart(state), shares: [], phase: 'complaining', against },
    effects: [{ type: 'sign', round: state.terms.round, purpose: 'complain', messages }],
  };
}
