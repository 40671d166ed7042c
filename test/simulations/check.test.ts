/** `simulate check` as a researcher calls it: exit codes, the JSON that is promised, the tables it writes, and the real files. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { clinicalIsAbsent, expectedTable, FHIR_SOURCE } from '../reference/clinical-folders.ts';
import { heartIsAbsent } from '../reference/heart-disease.ts';
import { csvOf, madeRows, renamed, withColumn } from '../spoiled/made-hospital.ts';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const shared = resolve(import.meta.dirname, '../../../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'consilium-check-'));
const plan = join(folder, 'plan.yaml');

const planText = (features: string, more = '') => `study: checked
title: Checked files
purpose: To test the command.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features:
${features}
split: { by: patient-id, patientId: patient_id, test: 0.2, validation: 0.1 }
model: { kind: linear }
algorithm: { kind: newton }
${more}`;

writeFileSync(
  plan,
  planText(`  - { name: age, type: number, unit: a, range: [18, 110] }
  - { name: chol, label: Total cholesterol, type: number, unit: mg/dL, range: [0, 700] }
  - { name: sex, type: binary, codes: { "0": female, "1": male } }
  - { name: smoker, type: category, codes: { "=never": never, "+former": former, "@current": current } }
  - { name: oldpeak, type: number, range: [-5, 10] }`),
);

async function check(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, 'check', ...words], { maxBuffer: 2 ** 28 });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, error: failed.stderr };
  }
}

function dataFolder(name: string, files: Record<string, Uint8Array | string>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(path, file), bytes);
  return path;
}

const words: Record<string, string> = { 0: 'Never', 1: 'Ex-smoker', 2: 'Current smoker' };
const good = withColumn(madeRows(60), 'smoker', (text) => words[text] ?? text);
const german = renamed(renamed(renamed(good, 'age', 'Alter'), 'sex', 'Geschlecht'), 'chol', 'Gesamtcholesterin [mmol/l]').map(
  (row, at) => ({
    ...row,
    Geschlecht: row.Geschlecht === '1' ? 'männlich' : 'weiblich',
    'Gesamtcholesterin [mmol/l]': (Number(row['Gesamtcholesterin [mmol/l]']) / 38.665).toFixed(3),
    Nachname: `Musterfrau-${at}`,
  }),
);

describe('simulate check', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says ready, matches another language, converts, and writes tables that no spreadsheet runs', async () => {
    const data = dataFolder('good', { 'north.csv': csvOf(good), 'sued.csv': csvOf(german, ';') });
    const out = join(folder, 'tables');
    const { code, out: text } = await check(plan, '--data', data, '--json', '--out', out);
    const { files } = JSON.parse(text);
    expect(files.map(({ site, ready, rows, used }: Record<string, unknown>) => [site, ready, rows, used])).toEqual([
      ['north', true, 60, 60],
      ['sued', true, 60, 60],
    ]);
    expect(code).toBe(0);
    expect(Object.keys(files[1]).sort()).toEqual(
      [
        'cells',
        'checks',
        'columns',
        'decimal',
        'delimiter',
        'dropped',
        'encoding',
        'file',
        'headerRow',
        'ready',
        'rows',
        'site',
        'used',
      ].sort(),
    );
    const column = (header: string) => files[1].columns.find((entry: { header: string }) => entry.header === header);
    expect(column('Gesamtcholesterin [mmol/l]')).toMatchObject({
      feature: 'chol',
      unit: 'mg/dL',
      convertedFrom: 'mmol/L',
      status: 'feature',
      missing: 0,
    });
    expect(column('Nachname')).toMatchObject({ feature: null, status: 'identifier', identifiers: ['name'] });
    expect(column('patient_id')).toMatchObject({ status: 'patient-id' });
    expect(text).not.toContain('Musterfrau-');
    expect(text).not.toContain('P1003');
    const lines = readFileSync(join(out, 'sued.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('row,age,chol,sex,smoker,oldpeak,died');
    const marks: Record<string, string> = { 0: "'=never", 1: "'+former", 2: "'@current" };
    madeRows(60).forEach((row, at) => {
      const [number, age, chol, sex, smoker, oldpeak, died] = (lines[at + 1] ?? '').split(',');
      expect([number, age, sex, smoker, Number(oldpeak), died]).toEqual([
        String(at + 1),
        row.age,
        row.sex,
        marks[row.smoker ?? ''],
        Number(row.oldpeak) + 0,
        row.died,
      ]);
      expect(Math.abs(Number(chol) - Number(row.chol))).toBeLessThan(0.05);
    });
    expect(readFileSync(join(out, 'north.csv'), 'utf8')).toMatch(/,-\d/); // real negatives stay numbers
  });

  it('ends with 2 and says what is wrong where a file is not ready, and reads the others all the same', async () => {
    const wrong = withColumn(good, 'chol', (text) => (Number(text) / 38.665).toFixed(2));
    const data = dataFolder('bad', {
      'a.csv': csvOf(good),
      'b.csv': csvOf(wrong),
      'c.csv': csvOf(good.map(({ chol: _chol, ...row }) => row)),
      'd.csv': '',
    });
    const out = join(folder, 'none');
    const { code, out: text } = await check(plan, '--data', data, '--json', '--out', out);
    expect(code).toBe(2);
    const { files } = JSON.parse(text);
    const fails = files.map((file: { checks: { id: string; level: string }[] }) =>
      file.checks.filter(({ level }) => level === 'fail').map(({ id }) => id),
    );
    expect(fails).toEqual([[], ['unit:chol'], ['column:chol'], ['reading']]);
    const human = await check(plan, '--data', data);
    expect(human.out).toMatch(/b \(b\.csv\): NOT READY/);
    expect(human.out).toMatch(/FAIL unit:chol: Total cholesterol: .*mmol\/L/);
    const mapping = join(folder, 'b.json');
    writeFileSync(mapping, JSON.stringify({ b: { mapping: 1, study: 'checked', features: { chol: { column: 'chol', unit: 'mmol/L' } } } }));
    const mended = JSON.parse((await check(plan, '--data', data, '--json', '--mapping', mapping)).out);
    expect(
      mended.files[1].checks.filter(({ level }: { level: string }) => level === 'fail').map(({ id }: { id: string }) => id),
    ).not.toContain('unit:chol');
  });

  it.each([
    ['no plan', ['/nowhere.yaml', '--data', folder], /no plan/],
    ['no folder', [plan, '--data', '/nowhere'], /no file or folder/],
    ['no mapping', [plan, '--data', folder, '--mapping', '/nowhere.json'], /no mapping/],
  ])('ends with 1 and one sentence for %s', async (_, args, sentence) => {
    const { code, error } = await check(...args);
    expect(code).toBe(1);
    expect(error).toMatch(sentence);
  });

  it.skipIf(heartIsAbsent)('reads the four heart files without a mapping, every missing cell as their README lists', async () => {
    const features = ['slope', 'ca', 'thal'].map((name) => `  - { name: ${name}, type: number, range: [0, 10] }`).join('\n');
    const all = readFileSync(resolve(import.meta.dirname, '../../simulations/studies/heart-disease.yaml'), 'utf8')
      .replace('preprocess:', `${features}\npreprocess:`)
      .replace('impute: drop-row', 'impute: federated-mean');
    const path = join(folder, 'heart.yaml');
    writeFileSync(path, all);
    const { code, out } = await check(path, '--data', join(shared, 'heart-disease'), '--json');
    const { files } = JSON.parse(out);
    expect(code).toBe(0);
    expect(files.map(({ site, rows }: Record<string, unknown>) => [site, rows])).toEqual([
      ['cleveland', 303],
      ['hungarian', 294],
      ['switzerland', 123],
      ['va-long-beach', 200],
    ]);
    const missing = files.map(({ columns }: { columns: { header: string; missing: number | null }[] }) =>
      Object.fromEntries(columns.filter(({ missing }) => (missing ?? 0) > 0).map(({ header, missing }) => [header, missing])),
    );
    expect(missing).toEqual([
      { ca: 4, thal: 2 },
      { trestbps: 1, chol: 23, fbs: 8, restecg: 1, thalach: 1, exang: 1, slope: 190, ca: 291, thal: 266 },
      { trestbps: 2, fbs: 75, restecg: 1, thalach: 1, exang: 1, oldpeak: 6, slope: 17, ca: 118, thal: 52 },
      { trestbps: 56, chol: 7, fbs: 7, thalach: 53, exang: 53, oldpeak: 56, slope: 102, ca: 198, thal: 166 },
    ]);
    expect(files.flatMap(({ cells }: { cells: unknown[] }) => cells)).toEqual([]);
  });

  it.skipIf(clinicalIsAbsent)('reads a FHIR folder by the plan’s source', async () => {
    const path = join(folder, 'fhir.yaml');
    const features = `  - { name: systolic, column: bp_systolic, type: number, unit: "mm[Hg]", range: [60, 260] }
  - { name: weight, column: loinc_29463-7, type: number, unit: kg, range: [20, 300] }`;
    const outcome = planText(features, `source: ${JSON.stringify(FHIR_SOURCE)}`)
      .replace('column: died, positive: "died == 1"', 'column: has_diabetes, positive: "has_diabetes == 1"')
      .replace('patientId: patient_id', 'patientId: patient');
    writeFileSync(path, outcome);
    const out = join(folder, 'fhir-tables');
    const { out: text, error } = await check(path, '--data', join(shared, 'fhir-synthea/ndjson'), '--json', '--out', out);
    expect(error).toBe('');
    const { files } = JSON.parse(text);
    expect(files[0].rows).toBe(50);
    const expected = expectedTable('fhir-synthea');
    const at = (name: string) => expected.header.indexOf(name);
    const wanted = expected.rows.map((row) => `${Number(row[at('bp_systolic')] ?? '')}|${Number(row[at('loinc_29463-7')] ?? '')}`).sort();
    const lines = readFileSync(join(out, 'ndjson.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(
      lines
        .map((line) => line.split(','))
        .map(([, systolic, weight]) => `${Number(systolic)}|${Number(weight)}`)
        .sort(),
    ).toEqual(wanted);
  });
});
