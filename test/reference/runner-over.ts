/** The coordinator's runner over a log and blobs in memory, for tests that feed it events themselves. */
import { createHash } from 'node:crypto';
import { createStudyRunner, type StudyEvent, type StudyTimer } from '@consilium/shared/federation';
import { verifyEd25519 } from '@consilium/simulations';

/** A runner over blobs in memory, and a disk that can be made full. */
export async function runnerOver(blobs: Map<string, Uint8Array>, log: StudyEvent[]) {
  const disk = { isFull: false };
  const timers: (StudyTimer | null)[] = [];
  const runner = await createStudyRunner({
    events: [...log],
    world: {
      append: async (event) => {
        if (disk.isFull) throw new Error('full');
        log.push(event);
      },
      send: () => undefined,
      setTimer: (timer) => void timers.push(timer),
      blobs: {
        get: async (hash) => blobs.get(hash) ?? null,
        put: async (bytes) => {
          const hash = createHash('sha256').update(bytes).digest('hex');
          blobs.set(hash, bytes);
          return hash;
        },
        has: async (hash) => blobs.has(hash),
        remove: async () => undefined,
      },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
  return { runner, disk, timers };
}
