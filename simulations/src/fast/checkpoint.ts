/**
 * Where a federation stands after a released sum, kept on disk from time to time: what its stages, its sites and its result need to go on to
 * the same bytes. A site's rows are read anew; where sites keep something of their own from round to round, nothing is written, for that
 * stays with them.
 */
import { readFile, rm } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import type { ProgrammeState, RoundOutcome } from '@consilium/shared/federation';
import { put } from '../output/put.ts';
import type { Wire } from '../world/post-office.ts';

export interface Checkpoint {
  readonly planHash: string;
  /** Their ids, in the order of the roster. */
  readonly sites: readonly string[];
  readonly programme: ProgrammeState;
  readonly timeline: readonly RoundOutcome[];
  /** Bytes counted so far, by site; empty where they are not counted. */
  readonly wire: ReadonlyMap<string, Wire>;
}

/** The file of one federation, and how often it is written. */
export interface CheckpointFile {
  readonly path: string;
  /** Least time between two writes, in milliseconds; 0 writes after every sum. */
  readonly everyMs: number;
}

/** @returns null where there is none that can be read, or one of another study: the simulation then begins anew. */
export async function readCheckpoint({ path }: CheckpointFile, planHash: string, sites: readonly string[]): Promise<Checkpoint | null> {
  try {
    const found = deserialize(await readFile(path)) as Checkpoint;
    const isSame = found.planHash === planHash && found.sites.length === sites.length && found.sites.every((id, at) => id === sites[at]);
    return isSame ? found : null;
  } catch {
    return null;
  }
}

/** @returns A function to call after every released sum; it writes when it is time. */
export function checkpointWriter(file: CheckpointFile): (hasKept: boolean, current: () => Checkpoint) => Promise<void> {
  let last = performance.now();
  let isVoid = false;
  return async (hasKept, current) => {
    if (isVoid) return;
    if (hasKept) {
      isVoid = true;
      await rm(file.path, { force: true });
    } else if (performance.now() - last >= file.everyMs) {
      await put(file.path, serialize(current()));
      last = performance.now();
    }
  };
}
