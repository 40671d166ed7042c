/**
 * Time on a processor, which other programs on the machine do not lengthen by taking turns: of the whole process, and along the
 * longest way through its threads, which is what a round takes where every thread has a core of its own.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessorTime {
  /** Of all threads together, in seconds. */
  readonly all: number;
  /** By thread number, in seconds; empty where the system does not tell (Linux does). */
  readonly threads: ReadonlyMap<string, number>;
}

const TASKS = '/proc/self/task';

export function processorTime(): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const threads = new Map<string, number>();
  if (process.platform === 'linux') {
    for (const thread of readdirSync(TASKS)) {
      try {
        threads.set(thread, Number(readFileSync(`${TASKS}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9);
      } catch {} // ended since it was listed
    }
  }
  return { all: (user + system) / 1e6, threads };
}

/** @returns Seconds from one reading to another: of all threads, and of this one plus the busiest other; null where not told. */
export function between(before: ProcessorTime, after: ProcessorTime): { readonly all: number; readonly longestWay: number | null } {
  const all = after.all - before.all;
  const spent = (thread: string): number => (after.threads.get(thread) ?? 0) - (before.threads.get(thread) ?? 0);
  const main = String(process.pid);
  if (!after.threads.has(main)) return { all, longestWay: null };
  const others = [...after.threads.keys()].filter((thread) => thread !== main).map(spent);
  return { all, longestWay: spent(main) + Math.max(0, ...others) };
}
