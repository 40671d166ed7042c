/** `simulate check` on an OMOP folder and on the six TCGA files, against what their own files say, read the plain way. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { clinicalIsAbsent, expectedTable, OMOP_SOURCE } from '../reference/clinical-folders.ts';
import { tcgaIsAbsent } from '../reference/tcga.ts';

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(root, '../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'consilium-check-folders-'));

interface Report {
  readonly site: string;
  readonly rows: number;
  readonly used: number;
  readonly ready: boolean;
  readonly cells: readonly unknown[];
}

/** Exit code 2 says that a file is not ready; the report is there all the same. */
async function check(plan: string, data: string, out: string): Promise<readonly Report[]> {
  const words = [join(root, 'simulations/dist/cli.js'), 'check', plan, '--data', data, '--out', out, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 2 ** 28 }).catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as { files: Report[] }).files;
}

const tableOf = (out: string, name: string) => {
  const [header = '', ...lines] = readFileSync(join(out, name), 'utf8').trimEnd().split('\n');
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
};
const number = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text));

describe('simulate check', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(clinicalIsAbsent)('gives the expected values of an OMOP folder in every cell', async () => {
    const wanted = ['systolic', 'diastolic', 'bmi', 'weight_kg', 'height_cm', 'n_visits', 'n_conditions', 'n_drugs', 'n_measurements'];
    const units: Record<string, string> = { systolic: '"mm[Hg]"', diastolic: '"mm[Hg]"', bmi: 'kg/m2', weight_kg: 'kg', height_cm: 'cm' };
    const written = (name: string) => (units[name] === undefined ? 'range: [0, 100000]' : `unit: ${units[name]}, range: [0, 400]`);
    const features = wanted.map((name) => `  - { name: ${name}, type: number, ${written(name)} }`).join('\n');
    const plan = join(folder, 'omop.yaml');
    writeFileSync(
      plan,
      `study: omop
title: OMOP
purpose: To test.
population: Nobody.
outcomes: [{ name: pressure, task: binary, column: has_hypertension, positive: "has_hypertension == 1" }]
features:
${features}
source: ${JSON.stringify(OMOP_SOURCE)}
split: { by: patient-id, patientId: person_id }
model: { kind: linear }
algorithm: { kind: newton }
`,
    );
    const out = join(folder, 'omop');
    const [report] = await check(plan, join(shared, 'omop-synthea27'), out);
    const expected = expectedTable('omop-synthea27');
    expect(report).toMatchObject({ rows: expected.rows.length, cells: [] });
    const [name = ''] = readdirSync(out);
    const table = tableOf(out, name);
    const cellsOf = ({ header, rows }: typeof table, columns: readonly string[]) =>
      rows.map((row) => JSON.stringify(columns.map((column) => number(row[header.indexOf(column)])))).sort();
    expect(cellsOf(table, [...wanted, 'pressure'])).toEqual(cellsOf(expected, [...wanted, 'has_hypertension']));
  });

  it.skipIf(tcgaIsAbsent)('reads the six TCGA files whole, with event and time', async () => {
    const out = join(folder, 'tcga');
    const files = await check(join(root, 'simulations/studies/tcga-brca.yaml'), join(shared, 'tcga-brca'), out);
    expect(files.map(({ rows, used }) => [rows, used])).toEqual([311, 196, 206, 162, 162, 51].map((rows) => [rows, rows]));
    expect(files.every(({ cells }) => cells.length === 0)).toBe(true);
    for (const { site } of files) {
      const { header, rows } = tableOf(out, `${site}.csv`);
      const written = rows.map((row) => [Number(row[header.length - 2]), Number(row[header.length - 1])]);
      const plain = readFileSync(join(shared, 'tcga-brca', `${site}.csv`), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1);
      expect(written).toEqual(plain.map((line) => line.split(',').slice(-2).map(Number)));
    }
  });
});
