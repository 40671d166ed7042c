/**
 * This thread's handle of a shard that lives in another. A thread that dies is reported, started again, and its work done once
 * more: a shard holds nothing that its input and the study's state do not give, or, where sites keep something for themselves, says so.
 */
import { Worker } from 'node:worker_threads';
import { SimulationError } from '../input/simulation-error.ts';
import type { Shard, ShardInput } from './shard.ts';
import type { ShardCall, ShardReply } from './shard-thread.ts';

export interface ThreadWorld {
  /** Largest heap of the thread, in MiB. */
  readonly heapMb: number;
  /** A plain sentence for the researcher. */
  report(text: string): void;
  /** What is thrown when the thread's heap is full. */
  outOfMemory(): Error;
  /** Sees the thread's worker when it starts: for tests that kill it. */
  readonly onStart?: ((worker: Worker) => void) | undefined;
}

/** The compiled file, from here and from the sources alike. */
const THREAD = new URL('../../dist/fast/shard-thread.js', import.meta.url);

/** What a round leaves behind is small and dies at once: with the usual young generation a thread holds some 30 MB of it for nothing. */
const YOUNG_MB = 4;

export function createThreadShard(input: ShardInput, world: ThreadWorld): Shard {
  let worker: Worker | null = null;
  let isLoaded = false;
  let hasDied = false;
  let isClosed = false;
  let hasKept = false;

  function start(): Worker {
    // Options of this process are its own: a test's would send the thread to the sources.
    const resourceLimits = { maxOldGenerationSizeMb: world.heapMb, maxYoungGenerationSizeMb: YOUNG_MB };
    const started = new Worker(THREAD, { workerData: input, execArgv: [], resourceLimits });
    world.onStart?.(started);
    worker = started;
    return started;
  }

  /** One call, one reply. @throws Death when the thread ends before it replies. */
  function ask(call: ShardCall): Promise<unknown> {
    const thread = worker ?? start();
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        thread.off('message', onMessage).off('error', onError).off('exit', onExit);
        settle();
      };
      const onMessage = (reply: ShardReply) => done(() => (reply.ok ? resolve(reply.value) : reject(new SimulationError(reply.text))));
      const onError = (error: Error & { readonly code?: string }) => {
        const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        done(() => reject(isFull ? world.outOfMemory() : new Death(error.message)));
      };
      const onExit = (code: number) => done(() => reject(new Death(`it ended with code ${code}`)));
      thread.on('message', onMessage).on('error', onError).on('exit', onExit);
      thread.postMessage(call);
    });
  }

  async function call(what: ShardCall): Promise<unknown> {
    for (;;) {
      try {
        if (worker === null && isLoaded) await ask({ name: 'load' });
        return await ask(what);
      } catch (error) {
        if (!(error instanceof Death) || isClosed) throw error;
        if (hasDied) throw new SimulationError(`A worker died twice (${error.message}); the simulation cannot go on.`);
        if (hasKept) throw new MemoryLost(error.message);
        hasDied = true;
        worker = null;
        world.report(`A worker died (${error.message}). It is started again and its work done once more.`);
      }
    }
  }

  return {
    load: async () => {
      const reports = (await call({ name: 'load' })) as Awaited<ReturnType<Shard['load']>>;
      isLoaded = true;
      return reports;
    },
    answer: async (...given) => {
      const answer = (await call({ name: 'answer', input: given })) as Awaited<ReturnType<Shard['answer']>>;
      hasKept = answer.hasKept;
      return answer;
    },
    results: async (...given) => (await call({ name: 'results', input: given })) as Awaited<ReturnType<Shard['results']>>,
    close: async () => {
      isClosed = true;
      await worker?.terminate();
      worker = null;
    },
  };
}

class Death extends Error {}

/** A thread died that held what sites kept of their earlier rounds: only the whole simulation can be done once more. */
export class MemoryLost extends Error {}
