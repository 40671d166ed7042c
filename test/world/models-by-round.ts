/** The network at the beginning of every update round, found while the round is open: in a coordinator's blobs, and at a site of the simulator. */
import { readFileSync } from 'node:fs';
import { type ProgrammeState, stateFromBytes } from '@consilium/shared/federation';
import { filesUnder } from './final-state.ts';

export interface ModelsByRound {
  readonly models: ReadonlyMap<number, Float64Array>;
  add(state: ProgrammeState | null | undefined): void;
  /** Looks for the state that sites would catch up to. */
  lookIn(folder: string): void;
}

export function createModelsByRound(): ModelsByRound {
  const models = new Map<number, Float64Array>();
  const add = (state: ProgrammeState | null | undefined): void => {
    if (state?.stage?.kind !== 'update' || state.network == null || models.has(state.stage.round)) return;
    models.set(state.stage.round, state.network.weights.slice());
  };
  return {
    models,
    add,
    lookIn: (folder) => {
      for (const path of filesUnder(folder)) {
        try {
          add(stateFromBytes(new Uint8Array(readFileSync(path))) as ProgrammeState);
        } catch {
          // Another kind of blob, or one that has just gone.
        }
      }
    },
  };
}

/** Largest difference of two models' weights. */
export const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.length === b.length ? a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) : Number.POSITIVE_INFINITY;
