/** A researcher's first hour as one story: a file of all hospitals, a drafted plan, who is where, a comparison, and a plan for the console. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parsePlan, planHash } from '@consilium/shared/study';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-hour-'));
const at = (name: string) => join(folder, name);
const simulate = (...words: string[]) => promisify(execFile)(process.execPath, [cli, ...words], { cwd: folder });
const failure = (...words: string[]) =>
  simulate(...words).then(
    () => '',
    (error: { stderr: string }) => error.stderr,
  );

const rows = smallHospitals(60).flatMap(({ id, csv }) =>
  new TextDecoder()
    .decode(csv)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => `${line},${id}`),
);
writeFileSync(at('patients.csv'), `patient,age,pressure,smoker,outcome,hospital\n${rows.join('\n')}\n`);

describe('a researcher’s first hour', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const data = ['--data', 'patients.csv', '--site-column', 'hospital'];

  it('drafts a plan, and says where a typo is', async () => {
    await simulate(
      'init',
      'patients.csv',
      '--outcome',
      'outcome',
      '--patient',
      'patient',
      '--site-column',
      'hospital',
      '--out',
      'plan.yaml',
    );
    const text = readFileSync(at('plan.yaml'), 'utf8');
    expect(text.match(/^ *#|# /gm)?.length).toBeGreaterThan(5);
    expect(parsePlan(text, 'plan.yaml').ok).toBe(true);
    writeFileSync(at('typo.yaml'), text.replace('ridge: 1', 'rigde: 1'));
    expect(await failure('run', 'typo.yaml', ...data)).toMatch(/typo\.yaml line \d+: "algorithm.rigde" is not a key; did you mean "ridge"/);
  }, 60_000);

  it('looks at skewed sites before training, and cannot have more sites than patients', async () => {
    const { stdout } = await simulate('split', 'plan.yaml', ...data, '--partition', 'dirichlet:sites=5,alpha=0.3,sigma=0.5', '--plot');
    expect(stdout).toMatch(/site-5/);
    expect(readFileSync(at('split.html'), 'utf8')).toContain('<svg');
    expect(await failure('split', 'plan.yaml', ...data, '--partition', 'iid:sites=999')).toMatch(/300 patients, too few for 999 sites/);
  }, 60_000);

  it('compares algorithms in a world of latency and mistakes, and exports one for the console', async () => {
    writeFileSync(at('world.yaml'), 'network: { latencyMs: 50 }\nsites: { north: { flipLabels: 0.1, slower: 2 } }\n');
    writeFileSync(at('unit.yaml'), 'sites: { north: { unit: { feature: pressure, factor: 0.1333 } } }\n');
    expect(await failure('run', 'plan.yaml', ...data, '--world', 'unit.yaml', '--out', 'stopped')).toMatch(
      /^north: A check of these data failed.*Failed: \S*pressure/,
    );
    const network = ['--set', 'model={ kind: mlp, hidden: [3] }', '--set', 'rounds.count=1', '--world', 'world.yaml'];
    const algorithms = ['--set', 'algorithm={ kind: fedavg },{ kind: fedprox }'];
    const { stdout } = await simulate('run', 'plan.yaml', ...data, ...network, ...algorithms, '--out', 'out', '--json');
    const { settings } = JSON.parse(stdout);
    expect(settings).toHaveLength(2);
    const results = JSON.parse(readFileSync(at('out/results.json'), 'utf8'));
    expect(results.rounds.at(-1).virtual.to).toBeGreaterThan(1);
    for (const file of ['report.html', 'metrics.csv', 'mlruns/1/meta.yaml', 'tensorboard'])
      expect(existsSync(join(at('out'), file))).toBe(true);
    const bytes = readFileSync(at('out/summary.parquet'));
    const summary = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    });
    expect(summary.find((row) => row.model === 'federated' && row.metric === 'logLoss')?.mean).toBe(results.summary.federated.logLoss.mean);
    const exported = JSON.parse((await simulate('export-plan', 'out', '--out', 'study.yaml', '--json')).stdout);
    const parsed = parsePlan(readFileSync(at('study.yaml'), 'utf8'), 'study.yaml');
    expect(parsed.ok && planHash(parsed.plan)).toBe(results.planHash);
    expect(exported.planHash).toBe(results.planHash);
    expect((await simulate('compare', 'out')).stdout).toMatch(/paired difference/);
    expect((await simulate('report', 'out', '--json')).stdout).toContain('report.html');
  }, 240_000);
});
