/** Public names of `fast`: federations without masks, from ten sites to ten thousand. */
export { type FastFederation, type FastInput, federateFast } from './federate-fast.ts';
export { federateInThreads, type ThreadedInput } from './federate-in-threads.ts';
export { defaultMemory, memoryText, outOfMemory, readMemory, watchMemory } from './memory-cap.ts';
export { SECURE_CHOICES, type SecureChoice } from './secure-choice.ts';
export { createShard, type Shard, type ShardInput, type ShardSite } from './shard.ts';
