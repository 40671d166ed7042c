/** What a campaign saw: how many cases met which phase, what came of them, the slowest one, and what went wrong. */

export interface Tally {
  readonly name: string;
  cases: number;
  readonly phases: Map<string, number>;
  readonly outcomes: Map<string, number>;
  slowestMs: number;
  readonly crashes: string[];
  readonly hangs: string[];
}

/** A case that takes longer is a hang. */
export const HANG_MS = 2000;

export const newTally = (name: string): Tally => ({
  name,
  cases: 0,
  phases: new Map(),
  outcomes: new Map(),
  slowestMs: 0,
  crashes: [],
  hangs: [],
});

export function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** Runs one case; whatever it throws is a crash. */
export function judge(tally: Tally, phase: string, describe: () => string, run: () => string): void {
  const began = performance.now();
  tally.cases += 1;
  count(tally.phases, phase);
  try {
    count(tally.outcomes, run());
  } catch (error) {
    tally.crashes.push(`${phase}: ${error instanceof Error ? error.stack : String(error)}\n${describe()}`.slice(0, 3000));
  }
  const took = performance.now() - began;
  tally.slowestMs = Math.max(tally.slowestMs, took);
  if (took > HANG_MS) tally.hangs.push(`${phase}: ${took.toFixed(0)} ms\n${describe()}`.slice(0, 3000));
}

/** Largest counts first. */
export const shares = (map: ReadonlyMap<string, number>): string =>
  [...map]
    .sort((a, b) => b[1] - a[1])
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');

export function report({ name, cases, phases, outcomes, slowestMs, crashes, hangs }: Tally): string {
  return [
    `${name}: ${cases} cases, ${crashes.length} crashes, ${hangs.length} hangs, slowest ${slowestMs.toFixed(0)} ms`,
    `  reached: ${shares(phases)}`,
    `  came of it: ${shares(outcomes)}`,
    ...[...crashes, ...hangs].slice(0, 5).map((text) => `  ! ${text}`),
  ].join('\n');
}
