/**
 * Discrete-time hazards: one logit an interval; in every interval a patient enters, cross-entropy of whether the event happened there.
 *
 * Rule: as the exact hazard model, whose intervals it shares: a patient whose follow-up ends inside an interval counts as having survived
 * it from its middle on. The loss is the mean over patients of the sum over their intervals.
 * Source: Gensheimer and Narasimhan 2019, "A scalable discrete-time survival model for neural networks".
 */
import { sigmoid } from '../linear.ts';
import type { Rows } from '../rows.ts';
import { type Loss, softplus } from './loss.ts';

/** @param cuts - Ends of the intervals, rising; time starts at 0 and ends at the last one. @throws RangeError without intervals. */
export function hazardLoss(cuts: readonly number[]): Loss {
  if (cuts.length === 0) throw new RangeError('hazardLoss: expected at least one interval');
  return {
    kind: 'hazard',
    outputs: cuts.length,
    error: (outputs, rows, batch, error) => {
      const share = 1 / batch.length;
      let total = 0;
      for (let i = 0; i < batch.length; i++) {
        const { count, event } = enteredBy(cuts, rows, batch[i]!);
        for (let k = 0; k < cuts.length; k++) {
          const at = i * cuts.length + k;
          if (k >= count) {
            error[at] = 0;
            continue;
          }
          const y = k === count - 1 ? event : 0;
          error[at] = (sigmoid(outputs[at]!) - y) * share;
          total += softplus(outputs[at]!) - y * outputs[at]!;
        }
      }
      return total * share;
    },
  };
}

/** How many intervals a row enters, and whether its event happened in the last of them. */
export function enteredBy(cuts: readonly number[], rows: Rows, row: number): { readonly count: number; readonly event: 0 | 1 } {
  const time = rows.time?.[row] ?? Number.NaN;
  for (let k = 0; k < cuts.length; k++) {
    if (time > cuts[k]!) continue;
    if (rows.y[row] === 1) return { count: k + 1, event: 1 };
    const middle = ((cuts[k - 1] ?? 0) + cuts[k]!) / 2;
    return { count: time >= middle ? k + 1 : k, event: 0 };
  }
  return { count: cuts.length, event: 0 };
}
