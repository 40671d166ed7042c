/**
 * After R4 at a site: is the published sum the sum of what the contributors sent?
 *
 * Source: docs/protocol.md, "The sum is checked too".
 */
import { packedLength } from '../secagg/index.ts';
import type { CoordinatorSays } from './coordinator-messages.ts';
import { end, survivorsPart } from './participant-common.ts';
import type { ParticipantIn, ParticipantStep } from './participant-state.ts';
import { blobsToCheck, checkRelease, checkSum, type SumToCheck } from './verify-sum.ts';

/** Lists, reconstructions and transcript first; then the blobs are fetched. */
export function receiveReleased(state: ParticipantIn<'answered'>, released: CoordinatorSays<'released'>): ParticipantStep {
  const next: ParticipantIn<'fetching'> = { ...survivorsPart(state), phase: 'fetching', released };
  if (released.sumSizeBytes !== packedLength(state.terms.query.layout)) return end(state, 'wrong-size');
  const code = checkRelease(checkOf(next));
  if (code !== null) return end(state, code);
  return { state: next, effects: [{ type: 'fetch', round: state.terms.round, hashes: blobsToCheck(checkOf(next)) }] };
}

/** The blobs are here: recompute what can be recomputed, and hand over the sum. */
export function checkFetched(state: ParticipantIn<'fetching'>, blobs: ReadonlyMap<string, Uint8Array>): ParticipantStep {
  const checked = checkSum(checkOf(state), blobs);
  if (!checked.ok) return end(state, checked.code);
  const { index, terms, survivors, released } = state;
  const { round } = terms;
  const { sum, recomputed } = checked;
  const sites = survivors.map(({ site }) => site);
  return {
    state: { phase: 'ended', index, lastRound: round, outcome: 'released' },
    effects: [{ type: 'released', round, sum, survivors: sites, transcript: released.transcript, recomputed }],
  };
}

function checkOf({ terms, context, adverts, sharers, survivors, released }: ParticipantIn<'fetching'>): SumToCheck {
  return { layout: terms.query.layout, context, adverts, sharers, survivors, released };
}
