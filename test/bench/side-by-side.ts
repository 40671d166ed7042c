/**
 * Times several ways of doing one thing side by side: in turns, so that a slow second of a shared machine hits all of them, and
 * by the median, so that it counts little. A first turn of each is not counted: compilation, first allocation.
 */

/** One way of doing it, start to end; a promise is awaited. */
export type Way = () => unknown;

/**
 * Medians of the times, in milliseconds.
 *
 * @param ways - By name; each does the whole job once.
 * @param repetitions - Counted turns of each, at least 1.
 * @param warmups - Turns of each that are not counted.
 */
export async function sideBySide<Name extends string>(
  ways: Readonly<Record<Name, Way>>,
  repetitions: number,
  warmups = 1,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const times = new Map(names.map((name): [Name, number[]] => [name, []]));
  for (let turn = -warmups; turn < repetitions; turn++) {
    for (const name of names) {
      const start = performance.now();
      await ways[name]();
      if (turn >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

/** The middle value, or the mean of the two in the middle. @throws RangeError on no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median: expected at least one value');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
