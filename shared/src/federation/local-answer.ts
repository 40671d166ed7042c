/** A site's own computation for one query: what the stage asks of its rows, or the code of what went wrong. */
import type { ParticipantEvent, RejectionCode } from '../protocol/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import type { Plan } from '../study/index.ts';
import type { BackendName } from '../training/index.ts';
import type { SiteWorld } from './contracts.ts';
import { stageOf } from './programme.ts';
import type { ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import type { SiteInit } from './site-contract.ts';
import type { LoadedRows } from './site-rows.ts';

export type LocalAnswer = { readonly vector: EncodedVector } | { readonly error: unknown; readonly code: RejectionCode };

export async function answerLocally(input: {
  readonly plan: Plan;
  readonly planHash: string;
  readonly state: ProgrammeState;
  readonly loaded: LoadedRows;
  readonly backend: BackendName;
  readonly world: SiteWorld;
  readonly round: number;
  /** What a hostile site answers instead; the simulator's alone. */
  readonly distort: SiteInit['distort'];
}): Promise<LocalAnswer> {
  const { plan, planHash, state, loaded, backend, world, round } = input;
  const stage = required(stageOf(state), 'stage');
  try {
    const vector = await stage.answer(plan, state, loaded.rows, {
      planHash,
      backend,
      memory: loaded.memory,
      freshSeed: () => world.random(32),
      onProgress: (progress) => world.report({ type: 'training', round, ...progress }),
    });
    return { vector: input.distort?.(state.stage.kind, vector) ?? vector };
  } catch (error) {
    return { error, code: codeOf(error) };
  }
}

/** What the site's rules are told of an outcome. */
export const workEvent = (round: number, outcome: LocalAnswer): ParticipantEvent =>
  'error' in outcome ? { type: 'work-failed', round, code: outcome.code } : { type: 'worked', round, vector: outcome.vector };

/** The message of the error stays at the site; only its code may leave. */
function codeOf(error: unknown): RejectionCode {
  if (error instanceof RangeError) return 'out-of-range';
  return (error as { readonly code?: unknown } | null)?.code === 'diverged' ? 'diverged' : 'work-failed';
}
