/** Minus the log-likelihood of the intervals each row entered, by predicted survival at their ends. */
import { enteredIntervals } from '../../training/index.ts';
import type { Predictions, Truth } from '../predictions.ts';

/** @returns In nats, shape (n,); 0 for a row that entered no interval. */
export function survivalLosses({ cuts, survival }: Extract<Predictions, { task: 'time-to-event' }>, truth: Truth): Float64Array {
  const rows = { x: new Float64Array(0), y: truth.y, time: truth.time ?? null, rows: truth.y.length, width: 0 };
  const { count, event } = enteredIntervals(cuts, rows);
  return Float64Array.from(count, (last, i) => {
    if (last === 0) return 0;
    const at = (k: number) => (k < 0 ? 1 : Math.max(1e-15, survival[i * cuts.length + k]!));
    const survived = event[i] === 1 ? last - 1 : last;
    const ofEvent = event[i] === 1 ? Math.log(Math.max(1e-15, 1 - at(last - 1) / at(last - 2))) : 0;
    return -Math.log(at(survived - 1)) - ofEvent;
  });
}
