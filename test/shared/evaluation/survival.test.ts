/** Survival measures against lifelines and scikit-survival (test/reference/exact-models.py), and a slow twin of the pair counts. */
import { brierSums, concordance, concordancePairs, gridSurvival, kaplanMeier, survivalAt } from '@consilium/shared/evaluation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reference } from '../../reference/exact-models.ts';

const { rows, measures } = reference;
const truth = { y: Float64Array.from(rows.event), time: Float64Array.from(rows.time) };

describe("Harrell's C", () => {
  it('is that of lifelines, pooled and at each site', () => {
    expect(concordance(measures.score, rows.time, rows.event)).toBeCloseTo(measures.cPooled, 12);
    for (const [site, expected] of measures.cBySite.entries()) {
      const own = rows.site.flatMap((at, i) => (at === site ? [i] : []));
      const pick = (values: readonly number[]) => own.map((i) => values[i]!);
      expect(concordance(pick(measures.score), pick(rows.time), pick(rows.event))).toBeCloseTo(expected, 12);
    }
  });

  it('counts the pairs that a loop over all pairs counts', () => {
    const row = fc.record({
      score: fc.integer({ min: 0, max: 4 }),
      time: fc.integer({ min: 0, max: 6 }),
      event: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (list) => {
        const slow = { concordant: 0, tied: 0, comparable: 0 };
        for (const a of list) {
          for (const b of list) {
            if (a.event !== 1 || !(a.time < b.time || (a.time === b.time && b.event === 0))) continue;
            slow.comparable += 1;
            if (a.score > b.score) slow.concordant += 1;
            if (a.score === b.score) slow.tied += 1;
          }
        }
        const pick = (key: 'score' | 'time' | 'event') => list.map((item) => item[key]);
        expect(concordancePairs(pick('score'), pick('time'), pick('event'))).toEqual(slow);
      }),
    );
  });

  it('is null where no pair can be compared', () => {
    expect(concordance([1, 2], [3, 4], [0, 0])).toBeNull();
    expect(concordance([], [], [])).toBeNull();
  });
});

describe('survival curves', () => {
  it('are those of lifelines', () => {
    const steps = kaplanMeier(rows.time, rows.event);
    for (const [k, time] of measures.times.entries()) expect(survivalAt(steps, time)).toBeCloseTo(measures.km[k]!, 12);
    expect(survivalAt(steps, -1)).toBe(1);
  });

  it('on a grid of whole days from sums are the same', () => {
    const days = Math.max(...rows.time) + 1;
    const count = (test: (i: number) => boolean) =>
      Array.from({ length: days }, (_, day) => rows.time.filter((time, i) => time === day && test(i)).length);
    const grid = gridSurvival(
      rows.time.length,
      count((i) => rows.event[i] === 1),
      count(() => true),
    );
    for (const [k, time] of measures.times.entries()) expect(grid[time]).toBeCloseTo(measures.km[k]!, 12);
  });
});

it('weighted Brier scores are those of scikit-survival, without its lack of a cap', () => {
  const { errors } = brierSums(truth, measures.curve.flat(), measures.times, Number.POSITIVE_INFINITY);
  for (const [k, expected] of measures.brier.entries()) expect(errors[k]! / truth.y.length).toBeCloseTo(expected, 12);
});
