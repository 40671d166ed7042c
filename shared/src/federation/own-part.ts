/** The part of a model that is a site's own during the rounds (FedPer, FedBN): which weights, and a model with them in their places. */
import { entriesOf, networkOf } from '../models/index.ts';
import type { Plan } from '../study/index.ts';
import { ownPartOf } from '../training/index.ts';
import { shapeOf } from './fits.ts';
import type { ProgrammeState } from './programme-state.ts';

/** 1 for the weights that are a site's own during the rounds; null where none are. */
export function ownEntries(plan: Plan, state: ProgrammeState): Uint8Array | null {
  const part = ownPartOf(plan.personal);
  return part === null ? null : entriesOf(networkOf(shapeOf(plan, state)).tensors, [part]);
}

/** The shared weights, with the site's own in their places if it has kept any. */
export function withOwnPart(plan: Plan, state: ProgrammeState, shared: Float64Array, own: Float64Array | null): Float64Array {
  const part = ownEntries(plan, state);
  return part === null || own === null ? shared : shared.map((value, i) => (part[i] === 1 ? own[i]! : value));
}
