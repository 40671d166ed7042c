/** The final state that all sites derived, found among the coordinator's blobs by its form. For comparing weights between worlds. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgrammeState, stateFromBytes } from '@consilium/shared/federation';

/** @throws Error when no blob under the folder is a finished state. */
export function readFinalState(folder: string): ProgrammeState {
  for (const path of filesUnder(folder)) {
    try {
      const state = stateFromBytes(new Uint8Array(readFileSync(path))) as ProgrammeState;
      if (state.stage?.kind === 'done') return state;
    } catch {
      // Another kind of blob.
    }
  }
  throw new Error('no finished state among the blobs');
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
