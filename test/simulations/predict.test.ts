/** `simulate run`, then `simulate predict` as processes: the file of a hospital comes back with the probabilities of the run. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-predict-'));
const at = (...names: string[]): string => join(folder, ...names);
const hospitals = smallHospitals(60);

async function simulate(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...words]);
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, error: failed.stderr };
  }
}

const cells = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

beforeAll(async () => {
  writeFileSync(
    at('plan.yaml'),
    `study: small
title: A small study
purpose: To test the command.
population: Made-up patients.
outcomes: [{ name: outcome, task: binary, column: outcome, positive: "outcome == 1" }]
features:
  - { name: age, type: number, unit: a, range: [18, 110], required: true }
  - { name: smoker, type: binary, codes: { "0": "no", "1": "yes" } }
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton }
`,
  );
  mkdirSync(at('data'));
  for (const { id, csv } of hospitals) writeFileSync(at('data', `${id}.csv`), csv);
  const run = await simulate('run', at('plan.yaml'), '--data', at('data'), '--out', at('out'), '--json');
  if (run.code !== 0) throw new Error(run.error);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('simulate predict', () => {
  it('gives the probabilities of the run', async () => {
    const { id } = hospitals[0]!;
    const { code, error } = await simulate('predict', at('out'), '--data', at('data', `${id}.csv`), '--out', at('risks.csv'));
    expect([code, error]).toEqual([0, '']);
    const risks = new Map(cells(readFileSync(at('risks.csv'), 'utf8')).map(([row, probability]) => [row, Number(probability)]));
    const [header = '', ...lines] = readFileSync(at('out', 'predictions.csv'), 'utf8').trim().split('\n');
    const column = header.split(',').indexOf('federated');
    const own = lines.map((line) => line.split(',')).filter(([site]) => site === id);
    expect(own.length).toBeGreaterThan(30);
    for (const line of own) expect(risks.get(line[1]!)).toBeCloseTo(Number(line[column]), 12);
  });

  it('needs no outcome, and refuses rows by name', async () => {
    writeFileSync(at('new.csv'), 'smoker;age\n1;61,5\n;40\n0;\n2;50\n0;140\n');
    const { code, out } = await simulate('predict', at('out', 'model'), '--data', at('new.csv'));
    expect(code).toBe(0);
    const rows = cells(out);
    expect(out.split('\n')[0]).toBe('row,probability,probability_low,probability_high,range,imputed,refused');
    for (const row of rows.slice(0, 2)) {
      const [value, low, high] = row.slice(1, 4).map(Number) as [number, number, number];
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
      // The fit is penalised.
      expect(row[4]).toBe('spread');
    }
    expect(rows[1]!.slice(5)).toEqual(['smoker', '']);
    expect(rows.slice(2).map((row) => [row.slice(1, 6).join(''), row.slice(6).join(',')])).toEqual([
      ['', '"age: is missing, and the model needs it"'],
      ['', expect.stringContaining('smoker: ""2"" is not one of the codes 0, 1')],
      ['', expect.stringContaining('age: ""140"" is outside the range 18 to 110')],
    ]);
    const json = JSON.parse((await simulate('predict', at('out', 'model', 'model.json'), '--data', at('new.csv'), '--json')).out);
    expect(json).toMatchObject({ rows: 5, scored: 2, refused: 3, outcome: 'outcome' });
  });

  it('says in a sentence what is wrong, and writes nothing', { timeout: 60_000 }, async () => {
    writeFileSync(at('other.csv'), 'aeg,smoker\n50,1\n');
    writeFileSync(at('torn.json'), readFileSync(at('out', 'model', 'model.json'), 'utf8').slice(0, 400));
    for (const [words, sentence] of [
      [[at('out'), '--data', at('other.csv')], 'did you mean "aeg"'],
      [[at('torn.json'), '--data', at('new.csv')], 'cut short'],
    ] as const) {
      const { code, error, out } = await simulate('predict', ...words, '--out', at('nothing.csv'));
      expect([code, out]).toEqual([1, '']);
      expect(error).toContain(sentence);
      expect(error.trim().split('\n').length).toBe(1);
    }
    expect(existsSync(at('nothing.csv'))).toBe(false);
  });
});
