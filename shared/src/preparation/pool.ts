/** The rows of several parts, one below the other: for the researcher's yardstick and for tests, where rows may be pooled. */
import type { OutcomeValues } from '../schema/index.ts';
import type { Part } from './matrix.ts';

/** @param parts - Of one plan and scaling; none gives an empty part of width 0. */
export function poolParts(parts: readonly Part[]): Part {
  const first = parts[0];
  const join = (arrays: readonly Float64Array[]) => {
    const all = new Float64Array(arrays.reduce((total, { length }) => total + length, 0));
    let at = 0;
    for (const array of arrays) {
      all.set(array, at);
      at += array.length;
    }
    return all;
  };
  const times = parts.flatMap(({ time }) => (time === null ? [] : [time]));
  const harm = (name: string): OutcomeValues => {
    const values = parts.map(({ harms }) => harms.get(name)!);
    const harmTimes = values.flatMap(({ time }) => (time === null ? [] : [time]));
    return { y: join(values.map(({ y }) => y)), time: harmTimes.length === 0 ? null : join(harmTimes) };
  };
  return {
    x: join(parts.map(({ x }) => x)),
    y: join(parts.map(({ y }) => y)),
    time: times.length === 0 ? null : join(times),
    harms: new Map([...(first?.harms.keys() ?? [])].map((name) => [name, harm(name)])),
    row: Uint32Array.from(parts.flatMap(({ row }) => Array.from(row))),
    rows: parts.reduce((total, { rows }) => total + rows, 0),
    width: first?.width ?? 0,
  };
}
