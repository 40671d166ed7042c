/** The division of rows: by patient as its definition says, by row, column and file; and which rows are left out. */
import { createHash, createHmac } from 'node:crypto';
import { PreparationError, SET, sideOf, splitRows } from '@consilium/shared/preparation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, mixedPlan, tableOf } from './tables.ts';

const BY_PATIENT = '{ by: patient-id, patientId: id, test: 0.2, validation: 0.1, seed: 7 }';
const BY_FILE = '{ by: file, file: { file: parts.csv, keys: { site: hospital, row: row, set: set } } }';
const HEADER = 'id,age,sex,cp,died,part\n';

/** The definition, word for word, with Node's own HMAC and a big integer. */
function definedSide(study: string, seed: number, id: string, test: number, validation: number): number {
  const key = createHash('sha256').update(`split${study}${seed}`).digest();
  const digest = createHmac('sha256', key).update(id.normalize('NFC').trim(), 'utf8').digest();
  const fraction = Number(digest.readBigUInt64BE() >> 11n) / 2 ** 53;
  return fraction < test ? 3 : fraction < test + validation ? 2 : 1;
}

describe('the split by patient', () => {
  it('is the one the definition gives, for any id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(1000), (id, seed) => {
        expect(sideOf('mixed', seed, { test: 0.2, validation: 0.1 })(id)).toBe(definedSide('mixed', seed, id, 0.2, 0.1));
      }),
    );
  });

  it('depends on the patient only: not on the site, the row, the plan’s version or how the id is written', () => {
    const plan = mixedPlan(BY_PATIENT);
    const rows = ['Zo\u00eb', 'b', 'c', ' Zoe\u0308 '].map((id, at) => `${id},${50 + at},1,1,0,\n`);
    const sets = splitRows(plan, tableOf(plan, HEADER + rows.join('')), 'a', null).sets;
    const reversed = splitRows({ ...plan, version: 2 }, tableOf(plan, HEADER + [...rows].reverse().join('')), 'b', null).sets;
    expect([...reversed].reverse()).toEqual([...sets]);
    expect(sets[0]).toBe(sets[3]);
  });

  it('makes parts of about the sizes asked for', () => {
    const side = sideOf('mixed', 1, { test: 0.2, validation: 0.1 });
    const counts = [0, 0, 0, 0];
    for (let id = 0; id < 20_000; id++) counts[side(`patient ${id}`)]! += 1;
    // Five standard deviations of a binomial count of 20,000.
    expect(Math.abs(counts[SET.test]! - 4000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.2 * 0.8));
    expect(Math.abs(counts[SET.validation]! - 2000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.1 * 0.9));
  });

  it('is another one for another study or seed', () => {
    const ids = Array.from({ length: 200 }, (_, id) => `p${id}`);
    const sides = [
      sideOf('a', 1, { test: 0.5, validation: 0 }),
      sideOf('b', 1, { test: 0.5, validation: 0 }),
      sideOf('a', 2, { test: 0.5, validation: 0 }),
    ];
    expect(new Set(sides.map((side) => ids.map(side).join(''))).size).toBe(3);
  });

  it('leaves out rows that name no patient', () => {
    const plan = mixedPlan(BY_PATIENT);
    const { sets, dropped } = splitRows(plan, tableOf(plan, `${HEADER},50,1,1,0,\n`), 'a', null);
    expect([...sets]).toEqual([SET.none]);
    expect(dropped).toEqual([{ reason: 'no patient id', count: 1 }]);
  });
});

describe('rows that cannot be used', () => {
  const rows = `${HEADER}a,50,1,1,0,train\nb,50,1,1,?,train\nc,?,1,1,0,TEST \nd,50,?,1,1,validation\ne,50,1,1,1,excluded\nf,50,1,1,1,?\n`;

  it('are left out for the first reason that holds, and counted', () => {
    const plan = mixedPlan('{ by: column, column: part }', 'drop-row');
    const { sets, dropped } = splitRows(plan, tableOf(plan, rows), 'a', null);
    expect([...sets]).toEqual([1, 0, 0, 0, 0, 0]);
    expect(dropped).toEqual([
      { reason: 'no outcome', count: 1 },
      { reason: 'a feature is missing', count: 2 },
      { reason: 'excluded by the split', count: 1 },
      { reason: 'the split column names no part', count: 1 },
    ]);
  });

  it('are fewer where missing values are filled', () => {
    const plan = mixedPlan('{ by: column, column: part }');
    expect([...splitRows(plan, tableOf(plan, rows), 'a', null).sets]).toEqual([1, 0, 3, 2, 0, 0]);
  });

  it('are those without a required feature, whatever is filled', () => {
    const plan = mixedPlan('{ by: column, column: part }');
    const strict = { ...plan, features: plan.features.map((feature) => ({ ...feature, required: feature.name === 'sex' })) };
    const { sets, dropped } = splitRows(strict, tableOf(strict, rows), 'a', null);
    expect([...sets]).toEqual([1, 0, 3, 0, 0, 0]);
    expect(dropped).toContainEqual({ reason: 'required sex missing', count: 1 });
  });
});

describe('the split by row', () => {
  it('divides by the number of the row', () => {
    const plan = mixedPlan('{ by: row, test: 0.5, validation: 0 }');
    const body = Array.from({ length: 100 }, (_, row) => `p,${row},1,1,0,\n`).join('');
    const { sets } = splitRows(plan, tableOf(plan, HEADER + body), 'a', null);
    expect([...sets]).toEqual(Array.from({ length: 100 }, (_, row) => definedSide('mixed', 1, `row:${row + 1}`, 0.5, 0)));
  });
});

describe('the split by time', () => {
  const BY_TIME = '{ by: time, column: part, test: 2020-01-01, validation: 2019-07-01, patientId: id }';

  it('puts a patient on the side of the latest day, whatever the form of the date', () => {
    const plan = mixedPlan(BY_TIME);
    const rows = [
      'a,31.12.2018',
      'a,30.06.2019',
      'b,01.07.2019',
      'c,31.12.2019',
      'c,01.01.2020',
      ',01.01.2019',
      'd,2.1.2021',
      'e,',
      'f,31.02.2019',
    ];
    const text = HEADER + rows.map((row, at) => row.replace(',', `,${50 + at},1,1,0,`)).join('\n');
    const { sets, dropped } = splitRows(plan, tableOf(plan, `${text}\n`), 'a', null);
    expect([...sets]).toEqual([1, 1, 2, 3, 3, 0, 3, 0, 0]);
    expect(dropped).toEqual([
      { reason: 'no patient id', count: 1 },
      { reason: 'no usable date', count: 2 },
    ]);
  });

  it('takes every row for another patient where no column tells them apart', () => {
    const plan = mixedPlan('{ by: time, column: part, test: 2020-01-01 }');
    const table = tableOf(plan, `${HEADER}a,50,1,1,0,2019-12-31\na,51,1,1,0,2020-01-01\n`);
    expect([...splitRows(plan, table, 'a', null).sets]).toEqual([1, 3]);
  });

  it('cannot validate after the test has begun', () => {
    expect(() => mixedPlan('{ by: time, column: part, test: 2020-01-01, validation: 2020-01-01 }')).toThrow(/must begin before the test/);
    expect(() => mixedPlan('{ by: time, column: part, test: 2020-13-01 }')).toThrow(/must be a date/);
  });
});

describe('the split by hospital', () => {
  const plan = mixedPlan('{ by: site, test: [north, south, Zo\u00eb], validation: 0.3, patientId: id, seed: 4 }');
  const rows = Array.from({ length: 60 }, (_, at) => `p${at},50,1,1,0,\n`).join('');
  const setsOf = (site: string) => [...splitRows(plan, tableOf(plan, HEADER + rows), site, null).sets];

  it('keeps every patient of the named ones for the test and none of the others', () => {
    expect(setsOf('north')).toEqual(new Array(60).fill(3));
    expect(setsOf('Zoe\u0308')).toEqual(new Array(60).fill(3));
    expect(setsOf('east')).toEqual(Array.from({ length: 60 }, (_, at) => definedSide('mixed', 4, `p${at}`, 0, 0.3)));
  });

  it('names at least three of them, since the test figures are sums over those alone', () => {
    expect(() => mixedPlan('{ by: site, test: [north, south, north], patientId: id }')).toThrow(/names too few hospitals/);
  });
});

describe('the split by file', () => {
  const plan = mixedPlan(BY_FILE);
  const table = tableOf(plan, `${HEADER}a,50,1,1,0,\nb,50,1,1,1,\nc,50,1,1,1,\nd,50,1,1,1,\n`);
  const parts = (text: string) => csv(`hospital,row,set\n${text}`);

  it('joins on site and row', () => {
    const { sets, dropped } = splitRows(plan, table, 'one', parts('two,1,test\none,2,train\none,1.0, Test\none,4,excluded\n'));
    expect([...sets]).toEqual([3, 1, 0, 0]);
    expect(dropped).toEqual([
      { reason: 'not in the split file', count: 1 },
      { reason: 'excluded by the split', count: 1 },
    ]);
  });

  it('joins on the patient, at every row of that patient', () => {
    const byPatient = mixedPlan('{ by: file, file: { file: parts.csv, keys: { site: hospital, patientId: id, set: set } } }');
    const rows = tableOf(byPatient, `${HEADER}a,50,1,1,0,\nb,50,1,1,1,\na,51,1,1,1,\n`);
    const { sets } = splitRows(byPatient, rows, 'one', csv('hospital,id,set\none,a,test\none,b,train\none,elsewhere,test\n'));
    expect([...sets]).toEqual([3, 1, 3]);
  });

  it.each([
    ['split-file-missing', null],
    ['split-file-mismatch', parts('two,1,test\n')],
    ['split-file-mismatch', parts('one,1,test\none,9,train\n')],
    ['split-file-mismatch', parts('one,1,test\none,1,train\n')],
    ['split-file-mismatch', parts('one,1,tset\n')],
    ['split-file-columns', csv('hospital,set\none,test\n')],
  ])('refuses with %s a file that does not fit (case %#)', (code, file) => {
    try {
      splitRows(plan, table, 'one', file);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PreparationError);
      expect((error as PreparationError).code).toBe(code);
    }
  });
});
