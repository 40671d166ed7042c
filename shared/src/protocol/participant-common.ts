/**
 * What all of a site's rules share: ending a round, joining steps, and leaving secrets behind.
 */
import { fromBase64 } from '../crypto/index.ts';
import { PROTOCOL } from './fields.ts';
import type { Open, ParticipantState, ParticipantStep, WithContext, WithSharers, WithSurvivors, WithVector } from './participant-state.ts';
import type { RejectionCode } from './rejections.ts';
import type { ContextSigner } from './signed-bytes.ts';
import type { RoundTerms, Verify } from './terms.ts';

/** A site in the middle of a round. */
export type OpenParticipant = Exclude<ParticipantState, { phase: 'idle' | 'ended' }>;

/**
 * Ends the round at this site. Nothing of it is kept: keys, seeds, shares and vector go with the state.
 *
 * @param manner - `quietly` when the coordinator itself ended it and need not be told.
 */
export function end(state: OpenParticipant, code: RejectionCode, manner: 'aloud' | 'quietly' = 'aloud'): ParticipantStep {
  const { index, terms } = state;
  const { round } = terms;
  const refused = { type: 'refused', round, code } as const;
  const ended = { phase: 'ended', index, lastRound: round, outcome: code } as const;
  if (manner === 'quietly') return { state: ended, effects: [refused] };
  return { state: ended, effects: [{ type: 'send', message: { ...inRound(terms), kind: 'refuse', code } }, refused] };
}

/** Goes on from a step, unless the round has ended. */
export function andThen(step: ParticipantStep, next: (state: OpenParticipant) => ParticipantStep): ParticipantStep {
  if (step.state.phase === 'idle' || step.state.phase === 'ended') return step;
  const following = next(step.state);
  return { state: following.state, effects: [...step.effects, ...following.effects] };
}

/** What every message of a round carries. */
export function inRound({ study, round }: RoundTerms) {
  return { protocol: PROTOCOL, study, round } as const;
}

/** Names a signer for `signed-bytes.ts`. */
export function signerOf({ terms, context }: WithContext, site: number): ContextSigner {
  return { roster: terms.roster, round: terms.round, context, site };
}

/** Whether the certified device of a site signed these bytes. */
export function isSignedBy(terms: RoundTerms, site: number, bytes: Uint8Array, signature: string, verify: Verify): boolean {
  const key = terms.keys.get(site);
  return key !== undefined && verify(fromBase64(key), bytes, fromBase64(signature));
}

/** Whether roster indices rise strictly: sorted, and no site twice. */
export function isRising(sites: readonly number[]): boolean {
  return sites.every((site, i) => i === 0 || site > sites[i - 1]!);
}

/** Whether two lists of sites are the same. */
export function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((site, i) => site === b[i]);
}

/** Exactly the fields named by the type: a later phase takes over nothing else, least of all secrets. */
export function openPart({ index, terms, ownMinimum, query, answered, earlier, held }: Open): Open {
  return { index, terms, ownMinimum, query, answered, earlier, held };
}
export function contextPart(state: WithContext): WithContext {
  const { threshold, minimum, adverts, context, shares } = state;
  return { ...openPart(state), threshold, minimum, adverts, context, shares };
}
export function sharersPart(state: WithSharers): WithSharers {
  return { ...contextPart(state), sharers: state.sharers };
}
export function vectorPart(state: WithVector): WithVector {
  return { ...sharersPart(state), sizeBytes: state.sizeBytes, vectorHash: state.vectorHash };
}
export function survivorsPart(state: WithSurvivors): WithSurvivors {
  return { ...vectorPart(state), survivors: state.survivors };
}
