/** Which columns follow from which: planted by the test, in every model that can be singular. */
import type { Rows } from '@consilium/shared/models';
import { dependences, type ExactSpec, exactModel, fitExact } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { reference, referenceRows } from '../../reference/exact-models.ts';

/** The reference rows (three columns a, b, c) with further ones that are made from them. */
function withColumns(rows: Rows, ...make: readonly ((abc: readonly number[]) => number)[]): Rows {
  const own = (i: number) => Array.from(rows.x.subarray(i * rows.width, (i + 1) * rows.width));
  const x = Array.from({ length: rows.rows }, (_, i) => [...own(i), ...make.map((column) => column(own(i)))]).flat();
  return { ...rows, x: Float64Array.from(x), width: rows.width + make.length };
}

const MODELS: readonly (readonly [string, ExactSpec, Parameters<typeof referenceRows>[0]])[] = [
  ['logistic', { kind: 'logistic' }, 'binary'],
  ['linear', { kind: 'linear', mean: 0, sd: 1 }, 'number'],
  ['Cox', { kind: 'cox' }, 'event'],
  ['hazard', { kind: 'hazard', cuts: reference.hazard.cuts }, 'event'],
];

describe('columns that depend on others', () => {
  it.each(MODELS)('are named with those they are made of: %s', (_name, spec, outcome) => {
    const sites = [0, 1, 2].map((site) =>
      withColumns(
        referenceRows(outcome, site),
        ([a, b]) => 2 * a! - 3 * b!,
        ([a]) => a! ** 3 + a! ** 2,
        ([, , c]) => 1 - c! / 4,
      ),
    );
    const fit = fitExact(spec, sites, 0);
    expect(fit.failure).toBe('singular');
    const names = exactModel(spec).names(['a', 'b', 'c', 'a and b', 'bent', 'shifted c']);
    const told = dependences(fit).map(({ parameter, on }) => [
      names[parameter],
      on.map((at) => names[at]).filter((name) => name!.length === 1),
    ]);
    expect(told).toEqual([
      ['a and b', ['a', 'b']],
      ['shifted c', ['c']],
    ]);
    // Without what was named the fit has an answer.
    const kept = sites.map((rows) => withColumns({ ...rows, ...pick(rows, 3) }, ([a]) => a! ** 3 + a! ** 2));
    expect(fitExact(spec, kept, 0).failure).toBeNull();
  });

  it('of a fit that has an answer are none', () => {
    expect(dependences(fitExact({ kind: 'logistic' }, [referenceRows('binary', 0)], 0))).toEqual([]);
  });

  it('that differ only between hospitals tell a Cox model nothing', () => {
    const sites = [0, 1, 2].map((site) => withColumns(referenceRows('event', site), () => site));
    expect(dependences(fitExact({ kind: 'cox' }, sites, 0))).toEqual([{ parameter: 3, on: [] }]);
  });
});

function pick(rows: Rows, width: number): Pick<Rows, 'x' | 'width'> {
  const x = Array.from({ length: rows.rows }, (_, i) => Array.from(rows.x.subarray(i * rows.width, i * rows.width + width))).flat();
  return { x: Float64Array.from(x), width };
}
