/**
 * Cox's partial likelihood of one output, over the patients of a batch: a patient with an event is compared with those of the batch still at
 * risk. Equal times share one risk set (Breslow). The loss is the mean over the rows of the batch.
 * Source: Cox 1972; in batches as in Kvamme et al. 2019, "Time-to-Event Prediction with Neural Networks and Cox Regression".
 */
import type { Loss } from './loss.ts';

export const coxLoss: Loss = {
  kind: 'cox',
  outputs: 1,
  error: (outputs, rows, batch, error) => {
    const count = batch.length;
    const timeOf = (i: number): number => rows.time?.[batch[i]!] ?? Number.NaN;
    const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => timeOf(b) - timeOf(a) || a - b);
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) most = Math.max(most, outputs[i]!);
    // From the longest time on: Σ e^score over those still at risk, and for every event 1 / that sum.
    const inverses: { readonly from: number; readonly sum: number; readonly events: number }[] = [];
    let atRisk = 0;
    let total = 0;
    for (let from = 0; from < count; ) {
      let to = from;
      let events = 0;
      while (to < count && timeOf(order[to]!) === timeOf(order[from]!)) {
        const i = order[to]!;
        atRisk += Math.exp(outputs[i]! - most);
        if (rows.y[batch[i]!] === 1) {
          events++;
          total -= outputs[i]! - most;
        }
        to++;
      }
      if (to === from) break; // a time that is no number
      total += events * Math.log(atRisk);
      inverses.push({ from, sum: atRisk, events });
      from = to;
    }
    // A row is in the risk set of every event at or before its own time, which lie at the end of the order.
    let rate = 0;
    for (let group = inverses.length - 1; group >= 0; group--) {
      const { from, sum, events } = inverses[group]!;
      rate += events / sum;
      const to = inverses[group + 1]?.from ?? count;
      for (let at = from; at < to; at++) {
        const i = order[at]!;
        error[i] = (Math.exp(outputs[i]! - most) * rate - (rows.y[batch[i]!] === 1 ? 1 : 0)) / count;
      }
    }
    return total / count;
  },
};
