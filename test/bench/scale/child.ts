/** Runs of the bench's federation and of its limit, each in a process of its own. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Run {
  readonly siteRoundsPerSecond: number;
  /** Of all threads together. */
  readonly processorSecondsPerRound: number;
  readonly peakMegabytes: number;
}

export interface FederationRun extends Run {
  readonly secondsPerRound: number;
  /** Processor time of the main thread and the busiest other; null where the system does not tell. */
  readonly longestWaySecondsPerRound: number | null;
  /** Most resident memory in the first half of the counted rounds, and in the second. */
  readonly highestMegabytes: readonly [number, number];
  readonly slopeKb: number;
}

export const runFederation = (sites: number, rounds: number, workers: number, ...words: readonly 'unchanged'[]) =>
  child<FederationRun>('federation-run.js', sites, rounds, workers, ...words);

export const runLoop = (sites: number, rounds: number) => child<Run>('loop-run.js', sites, rounds);

async function child<Result>(script: string, ...words: readonly (string | number)[]): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve(import.meta.dirname, script), ...words.map(String)]);
  return JSON.parse(stdout) as Result;
}
