/**
 * R3 and R4 at a site: are these the contributors, may this query have them, did everyone see the same; only then the shares.
 *
 * Rules: (query, contributors) is on disk before R3 is signed, "released" before R4 is sent; for each site that shared keys
 * exactly one kind of share is handed over, never both.
 * Source: docs/protocol.md, "R3", "R4" and "Queries".
 */
import { toBase64 } from '../crypto/index.ts';
import { cohortHash } from './context.ts';
import type { CoordinatorSays, Survivor } from './coordinator-messages.ts';
import { findIsolation } from './differencing-guard.ts';
import { end, isRising, isSame, isSignedBy, signerOf, survivorsPart, vectorPart } from './participant-common.ts';
import type { ParticipantIn, ParticipantStep, WithSurvivors } from './participant-state.ts';
import type { RejectionCode } from './rejections.ts';
import { consistencyBytes, maskedVectorBytes, unmaskBytes } from './signed-bytes.ts';
import type { SiteSays } from './site-messages.ts';
import type { Verify } from './terms.ts';

/** U3: all signed, itself among them, enough, the frozen cohort, no second answer to a query, and nobody alone in a difference of sums. */
export function receiveSurvivors(state: ParticipantIn<'sent'>, message: CoordinatorSays<'survivors'>, verify: Verify): ParticipantStep {
  const { survivors } = message;
  const code = flawInSurvivors(state, survivors, verify);
  if (code !== null) return end(state, code);
  const { query, terms } = state;
  const sites = survivors.map(({ site }) => site);
  const record = { kind: 'query', round: terms.round, query, survivors: cohortHash(sites), sites } as const;
  return { state: { ...vectorPart(state), survivors, phase: 'recording-query' }, effects: [{ type: 'store', record }] };
}

function flawInSurvivors(state: ParticipantIn<'sent'>, survivors: readonly Survivor[], verify: Verify): RejectionCode | null {
  const { terms, sharers, index, vectorHash, sizeBytes, threshold, minimum, ownMinimum } = state;
  const sites = survivors.map(({ site }) => site);
  if (!isRising(sites) || sites.some((site) => !sharers.includes(site))) return 'survivors-inconsistent';
  if (survivors.find(({ site }) => site === index)?.hash !== vectorHash) return 'survivors-inconsistent';
  const isSigned = ({ site, hash, signature }: Survivor) =>
    isSignedBy(terms, site, maskedVectorBytes(signerOf(state, site), { sizeBytes, hash }), signature, verify);
  if (!survivors.every(isSigned)) return 'bad-signature';
  if (survivors.length < threshold) return 'below-threshold';
  if (survivors.length < Math.max(minimum, ownMinimum)) return 'below-minimum';
  if (terms.query.cohort !== null && !isSame(sites, terms.query.cohort)) return 'cohort-incomplete';
  const cohort = cohortHash(sites);
  const isOther = state.answered.some((before) => before.query === state.query && before.survivors !== cohort);
  if (isOther) return 'query-conflict';
  const fewest = Math.max(minimum, ownMinimum);
  return state.earlier.every((known) => findIsolation([...known, sites], fewest).kind === 'safe') ? null : 'would-isolate';
}

/** (query, U3) is on disk. */
export function signAgreement(state: ParticipantIn<'recording-query'>): ParticipantStep {
  const bytes = consistencyBytes(signerOf(state, state.index), state.sharers, state.survivors);
  return {
    state: { ...survivorsPart(state), phase: 'signing-agreement' },
    effects: [{ type: 'sign', round: state.terms.round, purpose: 'consistency', messages: [bytes] }],
  };
}

/** At least t distinct contributors signed the same U1 and U3 as this site saw. */
export function receiveAgreement(
  state: ParticipantIn<'agreed'>,
  { signatures }: CoordinatorSays<'agreement'>,
  verify: Verify,
): ParticipantStep {
  const { terms, sharers, survivors, query } = state;
  const contributors = new Set(survivors.map(({ site }) => site));
  const agreeing = signatures.filter(
    ({ site, signature }) =>
      contributors.has(site) && isSignedBy(terms, site, consistencyBytes(signerOf(state, site), sharers, survivors), signature, verify),
  );
  if (new Set(agreeing.map(({ site }) => site)).size < state.threshold) return end(state, 'survivors-inconsistent');
  return {
    state: { ...survivorsPart(state), phase: 'recording-release' },
    effects: [{ type: 'store', record: { kind: 'released', round: terms.round, query } }],
  };
}

/** "Released" is on disk. */
export function signUnmask(state: ParticipantIn<'recording-release'>): ParticipantStep {
  const bytes = unmaskBytes(signerOf(state, state.index), unmaskAnswer(state));
  return {
    state: { ...survivorsPart(state), phase: 'signing-unmask' },
    effects: [{ type: 'sign', round: state.terms.round, purpose: 'unmask', messages: [bytes] }],
  };
}

/** For a contributor the share of its self seed, for any other sharer the share of its mask key. */
export function unmaskAnswer({ shares, survivors, sharers }: WithSurvivors): Pick<SiteSays<'unmask'>, 'selfSeedShares' | 'maskKeyShares'> {
  const contributing = new Set(survivors.map(({ site }) => site));
  const held = new Map(shares.map((share) => [share.of, share]));
  const selfSeedShares: { of: number; share: string }[] = [];
  const maskKeyShares: { of: number; share: string }[] = [];
  for (const of of sharers) {
    const share = held.get(of)!;
    if (contributing.has(of)) selfSeedShares.push({ of, share: toBase64(share.selfSeedShare) });
    else maskKeyShares.push({ of, share: toBase64(share.maskKeyShare) });
  }
  return { selfSeedShares, maskKeyShares };
}
