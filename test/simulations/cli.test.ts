/** The researcher's command as a process: its files, its words, and that threads change nothing but the time. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-cli-'));
const data = mkdtempSync(join(tmpdir(), 'consilium-cli-data-'));
const plan = join(folder, 'plan.yaml');

for (const { id, csv } of smallHospitals(60)) writeFileSync(join(data, `${id}.csv`), csv);
writeFileSync(
  plan,
  `study: small
title: A small study
purpose: To test the command.
population: Made-up patients.
outcomes: [{ name: outcome, task: binary, column: outcome, positive: "outcome == 1" }]
features:
  - { name: age, type: number, unit: a, range: [18, 110] }
  - { name: smoker, type: binary, codes: { "0": "no", "1": "yes" } }
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0 }
model: { kind: mlp, hidden: [3] }
algorithm: { kind: fedavg }
rounds: { count: 2 }
`,
);

async function simulate(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...words]);
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, error: failed.stderr };
  }
}

describe('simulate run', () => {
  afterAll(() => {
    for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
  });

  it('writes whole files with the keys that are promised', async () => {
    const out = join(folder, 'one');
    const { code, out: table } = await simulate('run', plan, '--data', data, '--out', out);
    expect(code).toBe(0);
    expect(table).toMatch(/^model .*log-loss/);
    expect(readdirSync(out).sort()).toEqual(['model', 'predictions.csv', 'results.json', 'rounds.jsonl']);
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(Object.keys(results)).toEqual(
      expect.arrayContaining([
        'plan',
        'planHash',
        'seed',
        'sites',
        'rounds',
        'models',
        'coefficients',
        'privacy',
        'wire',
        'seconds',
        'summary',
      ]),
    );
    expect(Object.keys(results.models).sort()).toEqual(['central', 'exact', 'federated', 'local']);
    const rows = readFileSync(join(out, 'predictions.csv'), 'utf8').trimEnd().split('\n');
    expect(rows[0]).toBe('site,row,set,outcome,federated,exact,local,central');
    expect(rows).toHaveLength(1 + 60 + 70 + 80 + 90);
    const rounds = readFileSync(join(out, 'rounds.jsonl'), 'utf8').trimEnd().split('\n');
    expect(rounds.map((line) => JSON.parse(line).kind).filter((kind) => kind === 'update')).toHaveLength(2);
  });

  it('gives the same numbers whether seeds run one after another or at a time', async () => {
    const [apart, together] = [join(folder, 'apart'), join(folder, 'together')];
    await simulate('run', plan, '--data', data, '--out', apart, '--seeds', '2');
    await simulate('run', plan, '--data', data, '--out', together, '--seeds', '2', '--jobs', '2');
    const read = (path: string) => {
      const { summary, coefficients, wire } = JSON.parse(readFileSync(join(path, 'results.json'), 'utf8'));
      return { summary, coefficients, wire };
    };
    expect(read(together)).toEqual(read(apart));
    expect(read(apart).summary.federated.logLoss.seedSd).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    ['a plan that is not there', ['run', '/nowhere.yaml', '--data', data], /no plan "\/nowhere.yaml"/],
    ['a folder that is not there', ['run', plan, '--data', '/nowhere'], /no file or folder "\/nowhere"/],
    [
      'a key that does not exist',
      ['run', plan, '--data', data, '--set', 'algorithm.learningrate=1'],
      /line \d+.*did you mean "learningRate"/,
    ],
    [
      'a column that is not in a file',
      ['run', plan, '--data', data, '--set', 'features.0.column=years'],
      /^east: .*"years" is not a column/m,
    ],
    ['a number that is none', ['run', plan, '--data', data, '--seeds', 'many'], /whole number/],
  ])('refuses %s with one sentence and writes nothing', async (_name, words, sentence) => {
    const out = join(folder, 'refused');
    const { code, error } = await simulate(...words, '--out', out);
    expect(code).toBe(1);
    expect(error).toMatch(sentence);
    expect(existsSync(out)).toBe(false);
  });
});
