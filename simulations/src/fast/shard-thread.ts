/** A shard in a thread of its own: takes what it holds from `workerData`, then answers one call after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { importAlgorithm, stagesWith } from '../algorithm/index.ts';
import { chooseNodeBackend } from '../runs/backend.ts';
import { createShard, type Shard, type ShardInput } from './shard.ts';

/** A shard's function by name, and what it is given. */
export type ShardCall =
  | { readonly name: 'load' }
  | { readonly name: 'answer'; readonly input: Parameters<Shard['answer']> }
  | { readonly name: 'results'; readonly input: Parameters<Shard['results']> };

export type ShardReply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly text: string };

const input = workerData as ShardInput;
const { algorithm = null } = input;
const shard = createShard(input, algorithm === null ? undefined : stagesWith(await importAlgorithm(algorithm)));
let isReady = input.backend === 'plain';

async function answer(call: ShardCall): Promise<unknown> {
  if (!isReady) await chooseNodeBackend(input.plan, input.backend); // a backend starts once in every thread
  isReady = true;
  switch (call.name) {
    case 'load':
      return shard.load();
    case 'answer':
      return shard.answer(...call.input);
    case 'results':
      return shard.results(...call.input);
  }
}

parentPort?.on('message', async (call: ShardCall) => {
  let reply: ShardReply;
  try {
    reply = { ok: true, value: await answer(call) };
  } catch (error) {
    reply = { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});
