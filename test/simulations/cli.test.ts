/** The researcher's command as a process: its files, its words, and that threads change nothing but the time. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
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

/** Every file of a result but the one with this machine's clock. */
function bytesOf(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .filter(({ name }) => name !== 'timings.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(path, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

/** Begins, and sends an interrupt once the first simulation is kept. */
async function interrupted(words: readonly string[], parts: string): Promise<{ code: number | null; error: string }> {
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (text) => {
    error += text;
  });
  const watch = setInterval(() => {
    if (existsSync(parts) && readdirSync(parts).some((name) => !name.endsWith('.part'))) {
      clearInterval(watch);
      child.kill('SIGINT');
    }
  }, 5);
  const code = await new Promise<number | null>((done) => child.on('exit', done));
  clearInterval(watch);
  return { code, error };
}

describe('simulate run', () => {
  afterAll(() => {
    for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
  });

  it('writes whole files with the keys that are promised', async () => {
    const out = join(folder, 'one');
    const { code, out: table } = await simulate('run', plan, '--data', data, '--out', out, '--seeds', '2');
    expect(code).toBe(0);
    expect(table).toMatch(/^model .*log-loss/);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['model', 'predictions.csv', 'results.json', 'rounds.jsonl', 'timings.json']));
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
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
    expect(Object.keys(results.models).sort()).toEqual(['central', 'exact', 'federated', 'local', 'personal']);
    const { mean, seedSd, interval } = results.summary.federated.logLoss;
    expect(seedSd).toBeGreaterThan(0);
    expect(interval[0]).toBeLessThan(mean);
    expect(interval[1]).toBeGreaterThan(mean);
    const rows = readFileSync(join(out, 'predictions.csv'), 'utf8').trimEnd().split('\n');
    expect(rows[0]).toBe('site,row,set,outcome,exact,federated,personal,local,central');
    expect(rows).toHaveLength(1 + 60 + 70 + 80 + 90);
    const rounds = readFileSync(join(out, 'rounds.jsonl'), 'utf8').trimEnd().split('\n');
    expect(rounds.map((line) => JSON.parse(line).kind).filter((kind) => kind === 'update')).toHaveLength(2);
  }, 120_000);

  it('gives the same bytes with threads, without, and after an interrupt', async () => {
    const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
    const words = ['run', plan, '--data', data, '--set', 'algorithm.kind=fedavg,fedadam', '--set', 'rounds.count=1', '--secure', 'off'];
    expect((await simulate(...words, '--jobs', '2', '--out', whole)).code).toBe(0);
    const stopped = await interrupted([...words, '--out', broken], join(`${broken}.unfinished`, 'parts'));
    expect(stopped.code).toBe(130);
    expect(stopped.error).toMatch(/^Stopped\. 1 of 2 simulations are kept in .*broken\.unfinished; .*--resume/m);
    expect(existsSync(broken)).toBe(false);
    const untold = await simulate(...words, '--out', broken);
    expect([untold.code, untold.error]).toEqual([1, expect.stringContaining('--resume')]);
    const other = await simulate(...words, '--set', 'rounds.count=2', '--out', broken, '--resume');
    expect([other.code, other.error]).toEqual([1, expect.stringContaining('another plan')]);
    expect((await simulate(...words, '--out', broken, '--resume')).code).toBe(0);
    expect(bytesOf(broken)).toEqual(bytesOf(whole));
    const again = await simulate(...words, '--out', whole);
    expect([again.code, again.error]).toEqual([1, expect.stringMatching(/exists.*--force/)]);
    const { settings, differences } = JSON.parse(readFileSync(join(whole, 'results.json'), 'utf8'));
    expect(settings.map(({ label }: { label: string }) => label)).toEqual(['fedavg', 'fedadam']);
    expect(
      differences.some(
        ({ of, than, interval }: Record<string, Record<string, string>>) =>
          of?.setting === 'fedadam' && than?.setting === 'fedavg' && interval !== null,
      ),
    ).toBe(true);
  }, 240_000);

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
      ['run', plan, '--data', data, '--set', 'features.0.name=ferritin', '--set', 'features.0.column=ferritin'],
      /^east: .*"ferritin" is not a column/m,
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
