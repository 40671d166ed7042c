/** Paired differences of models against their definitions, counted pair by pair; and what a hospital's page says of joining, against its rows. */
import { delongVariance, pairedAurocDifference, pairedLossDifference } from '@consilium/shared/evaluation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const covariance = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, i) => (value - mean(a)) * (b[i]! - mean(b)))) / (a.length - 1);

/** DeLong's structural components by the kernel of the definition, and the difference with its covariance. */
function slowDifference(first: readonly number[], second: readonly number[], labels: readonly number[]) {
  const of = (label: number) => labels.flatMap((own, i) => (own === label ? [i] : []));
  const kernel = (event: number, other: number): number => (event > other ? 1 : event === other ? 0.5 : 0);
  const parts = [first, second].map((scores) => ({
    events: of(1).map((i) => mean(of(0).map((j) => kernel(scores[i]!, scores[j]!)))),
    others: of(0).map((j) => mean(of(1).map((i) => kernel(scores[i]!, scores[j]!)))),
  }));
  const [a, b] = parts as [(typeof parts)[number], (typeof parts)[number]];
  const variance = (['events', 'others'] as const).map(
    (side) => (covariance(a[side], a[side]) + covariance(b[side], b[side]) - 2 * covariance(a[side], b[side])) / a[side].length,
  );
  return { value: mean(b.events) - mean(a.events), variance: sum(variance) };
}

describe('two areas under the curve', () => {
  const patient = fc.record({
    first: fc.integer({ min: 0, max: 6 }),
    second: fc.integer({ min: 0, max: 6 }),
    label: fc.constantFrom(0, 1),
  });

  it('differ by what counting pairs gives, ties among them', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(patient, { minLength: 4, maxLength: 30 }), (patients) => {
        const [first, second, labels] = (['first', 'second', 'label'] as const).map((key) => patients.map((one) => one[key])) as [
          number[],
          number[],
          number[],
        ];
        const found = pairedAurocDifference(first, second, labels);
        const events = sum(labels);
        if (Math.min(events, labels.length - events) < 2) {
          expect(found).toBeNull();
          return;
        }
        told += 1;
        const { value, variance } = slowDifference(first, second, labels);
        expect(found!.value).toBeCloseTo(value, 12);
        expect((found!.interval![1] - found!.interval![0]) / 2).toBeCloseTo(1.959963984540054 * Math.sqrt(Math.max(0, variance)), 6);
      }),
    );
    expect(told).toBeGreaterThan(50);
  });

  it('differ from that of no model by DeLong’s variance of one', () => {
    const scores = [0.1, 0.4, 0.35, 0.8, 0.65, 0.4, 0.9, 0.2];
    const labels = [0, 0, 1, 1, 0, 1, 1, 0];
    const { interval } = pairedAurocDifference(new Float64Array(8), scores, labels)!;
    expect((interval![1] - interval![0]) / 2 / 1.959963984540054).toBeCloseTo(Math.sqrt(delongVariance(scores, labels)!), 12);
  });
});

describe('two columns of losses', () => {
  it('differ by the paired mean, with its error', () => {
    expect(pairedLossDifference([1, 2, 3], [1.5, 2, 2.2])).toEqual({
      value: expect.closeTo(-0.1, 12),
      interval: [expect.closeTo(-0.1 - 1.959964 * Math.sqrt(0.43 / 3), 6), expect.closeTo(-0.1 + 1.959964 * Math.sqrt(0.43 / 3), 6)],
    });
    expect(pairedLossDifference([1], [2])).toBeNull();
    expect(() => pairedLossDifference([1, 2], [2])).toThrow(RangeError);
  });
});

describe('what joining is worth to a hospital', () => {
  it('is told from its own test rows, with intervals of its own figures', async () => {
    const { results } = await federateWithoutMasks(linearPlan(), { sites: smallHospitals(240), splitCsv: null });
    for (const own of results.values()) {
      const rows = own.predictions.filter(({ set }) => set === 'test');
      const loss = (label: string) => rows.map(({ scores, outcome }) => -Math.log(outcome === 1 ? scores[label]! : 1 - scores[label]!));
      const labels = rows.map(({ outcome }) => outcome);
      const gains = own.gains.filter(({ model }) => model === 'federated');
      const [ofLoss, ofArea] = [gains.find(({ measure }) => measure === 'logLoss')!, gains.find(({ measure }) => measure === 'auroc')];
      const differences = loss('federated').map((value, i) => value - loss('local')[i]!);
      expect(ofLoss.value).toBeCloseTo(mean(differences), 10);
      expect(ofLoss.interval![0]).toBeCloseTo(
        mean(differences) - 1.959964 * Math.sqrt(covariance(differences, differences) / rows.length),
        6,
      );
      const slow = slowDifference(
        rows.map(({ scores }) => scores.local!),
        rows.map(({ scores }) => scores.federated!),
        labels,
      );
      expect(ofArea!.value).toBeCloseTo(slow.value, 10);
      const { metrics, intervals } = own.federated!;
      for (const name of ['auroc', 'logLoss', 'brier', 'accuracy', 'observedExpected']) {
        expect(intervals[name]![0]).toBeLessThan(metrics[name]!);
        expect(intervals[name]![1]).toBeGreaterThan(metrics[name]!);
      }
    }
    expect(results.size).toBe(4);
  });
});
