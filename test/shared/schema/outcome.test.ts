/** Outcomes of every task: parsed, read from cells, refused by name. */
import { hazardCuts, outcomeScaling } from '@consilium/shared/preparation';
import { outcomeReader, outcomeSchema } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';

const survival = outcomeSchema.parse({ name: 'death', task: 'time-to-event', time: 'T', event: 'E', horizon: 365 });
if (survival.task !== 'time-to-event') throw new TypeError('expected a survival outcome');

describe('an outcome of time to event', () => {
  it('fills its defaults, and parsing again changes nothing', () => {
    expect(survival).toMatchObject({ event: 'E == 1', longest: 3650, unit: 'd', role: 'primary', competing: null, intervals: 12 });
    expect(outcomeSchema.parse(survival)).toEqual(survival);
    expect(outcomeSchema.safeParse({ ...survival, competing: 'E == 2' }).success).toBe(false);
  });

  it('is read from two cells, zero times among them', () => {
    const read = outcomeReader(survival, '.');
    expect(read(['0.0', '0'])).toEqual({ y: 0, time: 0, fault: null });
    expect(read(['12', '1.0'])).toEqual({ y: 1, time: 12, fault: null });
    expect(read(['', '1']).y).toBeNaN();
    expect(read(['12', '?'])).toMatchObject({ y: Number.NaN, time: Number.NaN, fault: null });
    expect(read(['-3', '1']).fault).toMatchObject({ column: 'T', reason: 'before time zero' });
    expect(read(['4000', '1']).fault).toMatchObject({ column: 'T', reason: 'longer than 3650' });
    expect(read(['12', 'dead']).fault).toMatchObject({ column: 'E', reason: 'not a number' });
  });

  it('has intervals with ten events at least, the last of which ends at the horizon', () => {
    const bins = Array.from({ length: 256 }, (_, bin) => (bin < 64 ? 1 : 0));
    const cuts = hazardCuts({ ...survival, horizon: 256, intervals: 4 }, bins);
    expect(cuts).toEqual([16, 32, 48, 256]);
    expect(hazardCuts(survival, new Array<number>(256).fill(0))).toEqual([365]);
    const lump = Array.from({ length: 256 }, (_, bin) => (bin === 3 ? 90 : bin === 200 ? 9 : 0));
    expect(hazardCuts(survival, lump)).toEqual([365]);
  });
});

describe('the other outcomes', () => {
  it('are read as positions, numbers and whole numbers', () => {
    const classes = outcomeReader(
      outcomeSchema.parse({ name: 'c', task: 'multiclass', column: 'c', codes: { a: 'A', b: 'B', 3: 'C' } }),
      '.',
    );
    expect([classes(['a']).y, classes(['3.0']).y, classes(['']).y]).toEqual([1, 0, Number.NaN]);
    expect(classes(['x']).fault?.reason).toContain('not one of the codes');
    const number = outcomeReader(outcomeSchema.parse({ name: 'n', task: 'regression', column: 'n', range: [-1, 1] }), '.');
    expect([number(['0.5']).y, number(['2']).fault?.reason]).toEqual([0.5, 'outside the range -1 to 1']);
    const count = outcomeReader(outcomeSchema.parse({ name: 'k', task: 'count', column: 'k' }), '.');
    expect([count(['7']).y, count(['1.5']).fault?.reason]).toEqual([7, 'not a whole number']);
  });

  it('have the spread of all values, whatever the range', () => {
    const outcome = outcomeSchema.parse({ name: 'n', task: 'regression', column: 'n', range: [0, 10] });
    // 1, 2, 6 mapped to [−1, 1] are −0.8, −0.6, 0.2.
    const scaling = outcomeScaling(outcome, [3, -1.2, 0.64 + 0.36 + 0.04]);
    expect(scaling).toMatchObject({ task: 'regression', observed: 3 });
    if (scaling.task !== 'regression') throw new TypeError('expected a regression');
    expect(scaling.mean).toBeCloseTo(3, 12);
    expect(scaling.sd).toBeCloseTo(Math.sqrt(7), 12);
  });
});
