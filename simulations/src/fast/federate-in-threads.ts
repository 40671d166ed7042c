/** A federation without masks, its sites divided over threads under a cap of memory. The division changes no bit of the result. */
import type { Worker } from 'node:worker_threads';
import { planHash } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { importAlgorithm, requireRounds, stagesWith } from '../algorithm/index.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { filesOf, type SiteInput } from '../input/site-input.ts';
import { type FastFederation, type FastInput, federateFast } from './federate-fast.ts';
import { defaultMemory, outOfMemory, watchMemory } from './memory-cap.ts';
import type { ShardSite } from './shard.ts';
import { createThreadShard, MemoryLost } from './thread-shard.ts';

export interface ThreadedInput extends Omit<FastInput, 'planHash' | 'shards' | 'signal' | 'stageFor'> {
  readonly splitCsv: Uint8Array | null;
  readonly backend: BackendName;
  /** Threads that hold sites, at least 1. */
  readonly workers: number;
  /** Most bytes this process may hold; most of the machine's memory unless told. */
  readonly memoryBytes?: number | undefined;
  /** Address of a researcher's algorithm (`compileAlgorithm`); null for the plan's own. */
  readonly algorithm?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A plain sentence about something that went wrong and was mended. */
  readonly onReport?: (text: string) => void;
  readonly onWorker?: (worker: Worker) => void;
}

/** @throws SimulationError as `federateFast`, and with one clear sentence when the memory does not suffice or a worker dies twice. */
export async function federateInThreads(input: ThreadedInput): Promise<FastFederation> {
  try {
    return await federateOnce(input);
  } catch (error) {
    if (!(error instanceof MemoryLost)) throw error;
    input.onReport?.(`A worker died (${error.message}) and with it what its sites kept of earlier rounds. The simulation begins anew.`);
    return federateOnce(input).catch((again: unknown) => {
      throw again instanceof MemoryLost
        ? new SimulationError(`A worker died twice (${again.message}); the simulation cannot go on.`)
        : again;
    });
  }
}

async function federateOnce(input: ThreadedInput): Promise<FastFederation> {
  const { plan, sites, splitCsv, backend, memoryBytes = defaultMemory(), algorithm = null } = input;
  const stageFor = algorithm === null ? undefined : stagesWith(await importAlgorithm(algorithm));
  if (stageFor !== undefined) requireRounds(plan);
  const hash = planHash(plan);
  const groups = divide(sites, input.workers);
  const workers = groups.length;
  const full = () => outOfMemory(memoryBytes, sites.length, workers);
  const stop = new AbortController();
  const shards = groups.map((group) =>
    createThreadShard(
      { plan, planHash: hash, sites: group, splitCsv, backend, algorithm },
      {
        heapMb: Math.max(32, Math.floor(memoryBytes / workers / 2 ** 20)),
        report: (text) => input.onReport?.(text),
        outOfMemory: full,
        onStart: input.onWorker,
      },
    ),
  );
  const isFull = new Promise<never>((_, reject) => {
    const end = watchMemory(memoryBytes, () => reject(full()));
    stop.signal.addEventListener('abort', end);
  });
  isFull.catch(() => undefined); // it may come after the race is over
  try {
    return await Promise.race([federateFast({ ...input, planHash: hash, shards, stageFor }), isFull]);
  } finally {
    stop.abort();
    await Promise.all(shards.map((shard) => shard.close()));
  }
}

/** Into at most so many groups of about as many bytes: the largest file first, each to the smallest group. */
function divide(sites: readonly SiteInput[], workers: number): ShardSite[][] {
  const groups = Array.from({ length: Math.max(1, Math.min(workers, sites.length)) }, () => ({ bytes: 0, sites: [] as ShardSite[] }));
  const bySize = sites
    .map((input, index) => ({ index, input, bytes: filesOf(input).reduce((sum, file) => sum + file.bytes.length, 0) }))
    .sort((a, b) => b.bytes - a.bytes || a.index - b.index);
  for (const { bytes, ...site } of bySize) {
    const smallest = groups.reduce((least, group) => (group.bytes < least.bytes ? group : least));
    smallest.bytes += bytes;
    smallest.sites.push(site);
  }
  return groups.map((group) => group.sites);
}
