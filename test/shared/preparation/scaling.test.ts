/** Sums over sites give the mean and spread of the pooled rows, and matrices standardised by them. */
import { designNames, prepare, scalingFrom, siteStatistics, splitRows, statisticsNames } from '@consilium/shared/preparation';
import type { CheckedTable } from '@consilium/shared/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixedPlan, tableOf } from './tables.ts';

const SPLIT = '{ by: column, column: part }';
const HEADER = 'age,sex,cp,died,part\n';
const plan = mixedPlan(SPLIT);

interface Row {
  readonly age: number | null;
  readonly sex: number | null;
  readonly cp: number | null;
  readonly died: number;
  readonly part: 'train' | 'test';
}

const cell = (value: number | string | null) => (value === null ? '?' : String(value));
const textOf = (rows: readonly Row[]) =>
  HEADER + rows.map(({ age, sex, cp, died, part }) => [age, sex, cp, died, part].map(cell).join(',')).join('\n');

/** A site's table, its parts and what it adds to the sum. */
function site(rows: readonly Row[]): { readonly table: CheckedTable; readonly sets: Uint8Array; readonly statistics: Float64Array } {
  const table = tableOf(plan, textOf(rows));
  const { sets } = splitRows(plan, table, 'site', null);
  return { table, sets, statistics: siteStatistics(plan, table, sets) };
}

const add = (vectors: readonly Float64Array[]) =>
  vectors[0]!.map((_, index) => vectors.reduce((total, vector) => total + vector[index]!, 0));

/** Mean and standard deviation with n − 1, in two passes over the rows themselves. */
function direct(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  if (values.length < 2) return { mean, sd: 0 };
  return { mean, sd: Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1)) };
}

const row = fc.record({
  age: fc.option(
    fc.integer({ min: 0, max: 1200 }).map((tenths) => tenths / 10),
    { freq: 6 },
  ),
  sex: fc.option(fc.integer({ min: 0, max: 1 }), { freq: 6 }),
  cp: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 6 }),
  died: fc.integer({ min: 0, max: 1 }),
  part: fc.constantFrom('train' as const, 'train' as const, 'test' as const),
});
/** Four hospitals of unequal size. */
const hospitals = fc.tuple(
  fc.array(row, { minLength: 40, maxLength: 60 }),
  fc.array(row, { minLength: 20, maxLength: 30 }),
  fc.array(row, { minLength: 5, maxLength: 20 }),
  fc.array(row, { minLength: 1, maxLength: 5 }),
);

const known = (value: number | null): value is number => value !== null;

describe('the shared scaling', () => {
  it('is the mean and spread of the pooled training rows, however they are divided among hospitals', () => {
    let used = 0;
    fc.assert(
      fc.property(hospitals, (parts) => {
        const scaling = scalingFrom(plan, add(parts.map((rows) => site(rows).statistics)));
        const train = parts.flat().filter(({ part }) => part === 'train');
        const expected: Record<string, number[]> = {
          age: train.map(({ age }) => age).filter(known),
          sex: train.map(({ sex }) => sex).filter(known),
          'cp=2': train
            .map(({ cp }) => cp)
            .filter(known)
            .map((value) => Number(value === 2)),
          'cp=3': train
            .map(({ cp }) => cp)
            .filter(known)
            .map((value) => Number(value === 3)),
        };
        expect(scaling.rows).toBe(train.length);
        expect(scaling.events).toBe(train.filter(({ died }) => died === 1).length);
        expect(scaling.columns.map(({ name }) => name)).toEqual(Object.keys(expected));
        for (const column of scaling.columns) {
          const { mean, sd } = direct(expected[column.name]!);
          expect(column.observed).toBe(expected[column.name]!.length);
          if (column.observed === 0) continue;
          expect(column.mean).toBeCloseTo(mean, 9);
          expect(Math.abs(column.sd - (sd === 0 ? 1 : sd))).toBeLessThan(1e-9);
          used += Number(column.used);
        }
      }),
    );
    expect(used).toBeGreaterThan(200);
  });

  it('standardises the pooled training rows to mean 0 and spread 1, and puts missing values at 0', () => {
    fc.assert(
      fc.property(hospitals, (parts) => {
        const sites = parts.map(site);
        const scaling = scalingFrom(plan, add(sites.map(({ statistics }) => statistics)));
        const names = designNames(plan, scaling);
        const prepared = sites.map(({ table, sets }) => prepare(plan, table, sets, scaling));
        const age = names.indexOf('age');
        fc.pre(age >= 0);
        const pooled = prepared.flatMap(({ train, width }) => Array.from({ length: train.rows }, (_, at) => train.x[at * width + age]!));
        const rows = parts.flat().filter(({ part }) => part === 'train');
        const observed = pooled.filter((_, at) => rows[at]!.age !== null);
        const { mean, sd } = direct(observed);
        fc.pre(observed.length > 0);
        expect(mean).toBeCloseTo(0, 9);
        if (sd > 0) expect(sd).toBeCloseTo(1, 9);
        expect(pooled.filter((_, at) => rows[at]!.age === null).every((value) => value === 0)).toBe(true);
        prepared.forEach(({ train, test, validation, width }, index) => {
          const own = parts[index]!;
          expect(width).toBe(names.length);
          expect(train.x.length).toBe(train.rows * width);
          expect([...train.row]).toEqual(own.flatMap(({ part }, at) => (part === 'train' ? [at + 1] : [])));
          expect([...test.y]).toEqual(own.flatMap(({ part, died }) => (part === 'test' ? [died] : [])));
          expect(validation.rows).toBe(0);
        });
      }),
    );
  });

  it('is the same bytes for the same sum', () => {
    const rows: Row[] = Array.from({ length: 50 }, (_, at) => ({
      age: at * 1.7,
      sex: at % 2,
      cp: (at % 3) + 1,
      died: at % 2,
      part: 'train',
    }));
    const sums = add([rows, rows.slice(7), rows.slice(20)].map((part) => site(part).statistics));
    expect(JSON.stringify(scalingFrom(plan, sums))).toBe(JSON.stringify(scalingFrom(plan, sums.slice())));
  });

  it('names as many entries as it sums, none larger than the number of rows', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const { statistics } = site(rows);
        expect(statistics.length).toBe(statisticsNames(plan).length);
        expect(statistics.every((value) => Math.abs(value) <= rows.length)).toBe(true);
      }),
    );
  });

  it('refuses a sum of another length', () => {
    expect(() => scalingFrom(plan, new Float64Array(3))).toThrow(RangeError);
  });
});

describe('a column', () => {
  const common: Row = { age: 50, sex: 0, cp: 1, died: 0, part: 'train' };
  const varied: Row[] = Array.from({ length: 30 }, (_, at) => ({ ...common, age: 40 + at, sex: at % 2, cp: (at % 3) + 1 }));
  const scaled = (parts: readonly (readonly Row[])[]) => scalingFrom(plan, add(parts.map((rows) => site(rows).statistics)));
  const usedOf = (parts: readonly (readonly Row[])[]) => designNames(plan, scaled(parts));

  it('is used where three hospitals have it', () => {
    expect(usedOf([varied, varied, varied])).toEqual(['age', 'sex', 'cp=2', 'cp=3']);
  });

  it('that only two hospitals collect is left out, with a notice', () => {
    const without = varied.map((entry) => ({ ...entry, age: null }));
    const scaling = scaled([varied, varied, without]);
    expect(designNames(plan, scaling)).toEqual(['sex', 'cp=2', 'cp=3']);
    expect(scaling.notes).toEqual(['age is left out: fewer than 3 hospitals have it.']);
  });

  it('of a code that only one hospital has would be a label of that hospital, and is merged with the reference', () => {
    const without = varied.map((entry) => ({ ...entry, cp: entry.cp === 3 ? 1 : entry.cp }));
    const scaling = scaled([varied, without, without, without]);
    expect(designNames(plan, scaling)).toEqual(['age', 'sex', 'cp=2']);
    expect(scaling.notes.join()).toContain('cp=3 is merged with the reference');
  });

  it('of a code that fewer than ten patients have is merged or left out', () => {
    const rare = (count: number): Row[] => varied.map((entry, at) => ({ ...entry, sex: at < count ? 1 : 0 }));
    expect(usedOf([rare(3), rare(3), rare(3)])).not.toContain('sex');
    expect(usedOf([rare(3), rare(3), rare(4)])).toContain('sex');
    expect(usedOf([rare(27), rare(27), rare(27)])).not.toContain('sex');
  });

  it('that never varies is left out, with a notice', () => {
    const constant = varied.map((entry) => ({ ...entry, age: 63.1 }));
    const scaling = scaled([constant, constant, constant]);
    expect(scaling.columns[0]).toMatchObject({ name: 'age', sd: 1, used: false });
    expect(scaling.notes).toEqual(['age is left out: it is the same for every patient.']);
    expect(designNames(plan, scaling)).not.toContain('age');
  });

  it('keeps its own unit where the plan scales nothing, and missing values become the mean', () => {
    const raw = mixedPlan(SPLIT, 'federated-mean', ', scale: none');
    const scaling = scaled([varied, varied, varied]);
    const table = tableOf(
      raw,
      textOf([
        { ...common, age: 71, sex: 1, cp: 3 },
        { ...common, age: null, sex: null, cp: null },
      ]),
    );
    const { train } = prepare(raw, table, splitRows(raw, table, 'a', null).sets, scaling);
    expect([...train.x.slice(0, 4)]).toEqual([71, 1, 0, 1]);
    [54.5, 0.5, 1 / 3, 1 / 3].forEach((mean, at) => {
      expect(train.x[4 + at]).toBeCloseTo(mean, 12);
    });
  });
});

describe('a hospital without training rows', () => {
  it('adds nothing to the sum', () => {
    const rows: Row[] = [{ age: 50, sex: 0, cp: 1, died: 0, part: 'test' }];
    expect([...site(rows).statistics].every((value) => value === 0)).toBe(true);
  });
});
