/** Tables of real hospitals, read without any choice: rows, missing cells and columns as their READMEs list them, every cell as papaparse reads it. */
import { existsSync, readFileSync } from 'node:fs';
import { readTable } from '@consilium/shared/reading';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';

const DATA = new URL('../../../../shared/data/', import.meta.url);
const isAbsent = !existsSync(new URL('heart-disease/', DATA)) || !existsSync(new URL('tcga-brca/', DATA));
if (isAbsent) console.warn('tests on real tables are skipped: ../shared/data is not there');

async function both(name: string) {
  const bytes = new Uint8Array(readFileSync(new URL(name, DATA)));
  const read = await readTable(bytes, name);
  const [header, ...rows] = Papa.parse<string[]>(new TextDecoder().decode(bytes).trim()).data;
  expect(read.columns).toEqual(header);
  expect(read.rows).toEqual(rows);
  expect([...read.rowNumber]).toEqual(rows.map((_, index) => index + 1));
  expect(read.dropped).toEqual([]);
  expect(read.ragged).toEqual([]);
  expect(read.notes).toEqual([]);
  expect(read).toMatchObject({ encoding: 'utf-8', delimiter: ',', decimal: '.', thousands: '', headerRow: 1 });
  expect(read.numbers.some(({ isAmbiguous }) => isAmbiguous)).toBe(false);
  return read;
}

const HEART: readonly (readonly [string, number, Record<string, number>])[] = [
  ['cleveland', 303, { ca: 4, thal: 2 }],
  ['hungarian', 294, { trestbps: 1, chol: 23, fbs: 8, restecg: 1, thalach: 1, exang: 1, slope: 190, ca: 291, thal: 266 }],
  ['switzerland', 123, { trestbps: 2, fbs: 75, restecg: 1, thalach: 1, exang: 1, oldpeak: 6, slope: 17, ca: 118, thal: 52 }],
  ['va-long-beach', 200, { trestbps: 56, chol: 7, fbs: 7, thalach: 53, exang: 53, oldpeak: 56, slope: 102, ca: 198, thal: 166 }],
];

const TCGA: readonly (readonly [string, number, number])[] = [
  ['center-0-northeast', 311, 59],
  ['center-1-south', 196, 39],
  ['center-2-west', 206, 22],
  ['center-3-midwest', 162, 19],
  ['center-4-europe', 162, 9],
  ['center-5-canada', 51, 3],
];

describe.skipIf(isAbsent)('a real table', () => {
  it.each(HEART)('of heart disease: %s, %i rows, its missing cells', async (name, rows, missing) => {
    const read = await both(`heart-disease/${name}.csv`);
    expect(read.rowCount).toBe(rows);
    const counts = read.columns.map((column, at) => [column, read.rows.filter((row) => row[at] === '?').length] as const);
    expect(Object.fromEntries(counts.filter(([, count]) => count > 0))).toEqual(missing);
  });

  it.each(TCGA)('of breast cancer: %s, %i patients, %i deaths', async (name, patients, deaths) => {
    const read = await both(`tcga-brca/${name}.csv`);
    expect(read.rowCount).toBe(patients);
    const [event, time] = [read.columns.indexOf('E'), read.columns.indexOf('T')];
    expect(read.rows.filter((row) => Number(row[event]) === 1).length).toBe(deaths);
    expect(read.rows.every((row) => Number(row[time]) >= 0)).toBe(true);
    expect(read.columns.length).toBe(42);
  });
});
