/** The model as a site derives it: the programme's state, its hash, and the transcript it follows from. */

import type { DeviceKeys } from '../identity/index.ts';
import { NO_HASH, type Query, type Roster, type RoundTerms } from '../protocol/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import type { Plan } from '../study/index.ts';
import type { SiteRecord } from './contracts.ts';
import { advance } from './programme.ts';
import { emptyProgramme, type ProgrammeState } from './programme-state.ts';
import { stateFromBytes, stateHash } from './state-bytes.ts';

export interface DerivedModel {
  readonly programme: ProgrammeState;
  /** Hex. */
  readonly hash: string;
  /** Transcript of the round it came from, hex. */
  readonly transcript: string;
}

const derived = (programme: ProgrammeState, transcript: string): DerivedModel => ({ programme, hash: stateHash(programme), transcript });

/** What this site had derived when it last stored its record, else model 0. */
export function firstModel(record: SiteRecord, planHash: string, sites: number): DerivedModel {
  return record.model === null
    ? derived(emptyProgramme(planHash, sites), NO_HASH)
    : modelFromBytes(record.model.state, record.model.transcript);
}

/** A model that t sites have vouched for, or that this site stored itself. */
export const modelFromBytes = (bytes: Uint8Array, transcript: string): DerivedModel =>
  derived(stateFromBytes(bytes) as ProgrammeState, transcript);

/** The model after a released sum. */
export const learn = (
  plan: Plan,
  model: DerivedModel,
  sum: EncodedVector,
  survivors: readonly number[],
  transcript: string,
): DerivedModel => derived(advance(plan, model.programme, sum, survivors), transcript);

/** The terms of a round as this site holds them; only the round's number is the coordinator's. */
export function termsOf(
  {
    plan,
    planHash,
    study,
    roster,
    keys,
  }: { readonly plan: Plan; readonly planHash: string; readonly study: string; readonly roster: Roster; readonly keys: DeviceKeys },
  { round, query, modelHash, previousTranscript }: { round: number; query: Query; modelHash: string; previousTranscript: string },
): RoundTerms {
  const { colluders, minContributors: minimum } = plan.rounds;
  return { study, planHash, roster, keys, round, query, modelHash, previousTranscript, colluders, minimum };
}
