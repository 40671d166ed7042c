/** Cohort files: what they promise is looked for in the files they make, by counting and by fits that know nothing of how they were made. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { kaplanMeier, survivalAt } from '@consilium/shared/evaluation';
import { readCsv } from '@consilium/shared/reading';
import { parsePlan } from '@consilium/shared/study';
import { coefficientTable, fitLogistic } from '@consilium/shared/training';
import { type CohortFile, cohortPlan, cohortSites, readCohort } from '@consilium/simulations/cohorts';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'consilium-cohorts-'));
const ready = readdirSync(join(root, 'simulations/cohorts'));
const text = (name: string) => readFileSync(join(root, 'simulations/cohorts', name), 'utf8');
const sized = (file: CohortFile, count: number, patients: number): CohortFile => ({ ...file, sites: { count, patients, spread: 0 } });
const numbers = (csv: string): Record<string, number[]> => {
  const { columns, rows } = readCsv(new TextEncoder().encode(csv));
  return Object.fromEntries(columns.map((name, at) => [name, rows.map((cells) => (cells[at] === '' ? Number.NaN : Number(cells[at])))]));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const simulate = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'simulations/dist/cli.js'), ...words], { cwd: folder });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a cohort file', () => {
  it.each(ready)('%s is a cohort, and its plan a plan', (name) => {
    const file = readCohort(text(name), name);
    const parsed = parsePlan(cohortPlan(file), 'plan.yaml');
    expect(parsed.ok ? '' : parsed.errors.map(({ message }) => message)).toEqual('');
    expect(parsed.ok && parsed.plan.synthetic).toBe(true);
  });

  it('makes hospitals one at a time, each the same whatever the others are', () => {
    const file = readCohort(text('ten-thousand.yaml'), 'x');
    expect(file.sites.count).toBe(10_000);
    const first = cohortSites(file).next().value!;
    expect(first.id).toBe('site-00001');
    let made = 0;
    for (const { patients } of cohortSites(sized(file, 10_000, 2))) made += patients;
    expect(made).toBe(20_000);
    expect(cohortSites(file).next().value).toEqual(first);
    expect(cohortSites({ ...file, seed: 2 }).next().value!.csv).not.toBe(first.csv);
  }, 60_000);

  it('holds the log odds it declares, as a fit on a large hospital finds them', () => {
    const file = sized(
      readCohort(
        text('risk.yaml')
          .replace(/shift:.*/, '')
          .replace(/missing:.*/, ''),
        'risk.yaml',
      ),
      1,
      30_000,
    );
    const [site] = [...cohortSites(file)];
    const table = numbers(site!.csv);
    const z = (name: string, middle: number, sd: number) => table[name]!.map((value) => (value - middle) / sd);
    const [age, lactate, pressure] = [z('age', 64, 12), z('lactate', 2.2, 1.4), z('pressure', 122, 22)];
    const columns = [
      age,
      table.male!,
      lactate,
      pressure.map((value) => value * value),
      age.map((value, i) => value * lactate[i]!),
      table.smoker!.map((value) => Number(value === 1)),
      table.smoker!.map((value) => Number(value === 2)),
    ];
    const y = Float64Array.from(table.died!);
    const x = Float64Array.from({ length: y.length * 7 }, (_, at) => columns[at % 7]![Math.floor(at / 7)]!);
    const { state } = fitLogistic({ x, y, rows: y.length, width: 7 }, 0);
    const found = coefficientTable(state!, Object.keys(file.outcome.terms));
    const wanted = [Math.log(0.12 / 0.88), 0.6, 0.25, 0.7, 0.25, 0.15, 0.2, 0.5];
    for (const [at, { value, standardError, name }] of found.entries()) {
      expect(Math.abs(value - wanted[at]!), name).toBeLessThan(4 * standardError!);
      expect(standardError!).toBeLessThan(0.06);
    }
    expect(mean(table.male!)).toBeCloseTo(0.52, 1);
    expect(mean(table.smoker!.map((value) => Number(value === 1)))).toBeCloseTo(0.3, 1);
    expect(site!.events).toBe(table.died!.filter((value) => value === 1).length);
  });

  it('holds the risk by the horizon it declares, as Kaplan and Meier see it', () => {
    const [site] = [...cohortSites(sized(readCohort(text('survival.yaml'), 'x'), 1, 20_000))];
    const table = numbers(site!.csv);
    const curve = kaplanMeier(Float64Array.from(table.days!), Float64Array.from(table.died!));
    expect(1 - survivalAt(curve, 1095)).toBeCloseTo(mean(numbers(site!.truthCsv).risk!), 2);
    expect(Math.min(...table.days!)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...table.days!)).toBeLessThanOrEqual(1825);
  });

  it('holds the effect of a lot, and hides it where doctors choose', () => {
    const trial = (name: string) => {
      const [site] = [...cohortSites(sized(readCohort(text(name), name), 1, 40_000))];
      const { treated, relapse } = numbers(site!.csv) as { treated: number[]; relapse: number[] };
      const share = (arm: number) => mean(relapse.filter((_, i) => treated[i] === arm));
      return { seen: share(0) - share(1), truth: site!.sums.benefit / site!.patients, treated: mean(treated) };
    };
    const lot = trial('treatment.yaml');
    expect(lot.treated).toBeCloseTo(0.5, 1);
    expect(Math.abs(lot.seen - lot.truth)).toBeLessThan(0.02);
    const choice = trial('observational.yaml');
    expect(choice.truth - choice.seen).toBeGreaterThan(0.05);
  });

  it('leaves cells empty, moves hospitals apart and mistakes units as it says', () => {
    const file = sized(readCohort(text('messy.yaml').replace('factor: 88.42', 'factor: 88.42, sites: 3'), 'x'), 40, 400);
    const sites = [...cohortSites(file)];
    const wrong = sites.filter(({ unitErrors }) => unitErrors.length > 0);
    expect(wrong).toHaveLength(3);
    const known = (csv: string, column: string) => numbers(csv)[column]!.filter((value) => !Number.isNaN(value));
    for (const site of sites) expect(mean(known(site.csv, 'creatinine')) > 30).toBe(wrong.includes(site));
    const empty = sites.map(({ csv }) => 1 - known(csv, 'age').length / 400);
    expect(mean(empty)).toBeGreaterThan(0.12);
    expect(mean(empty)).toBeLessThan(0.25);
    expect(Math.max(...empty) - Math.min(...empty)).toBeGreaterThan(0.2);
    const ages = sites.map(({ csv }) => mean(known(csv, 'age')));
    const middle = mean(ages);
    expect(Math.sqrt(mean(ages.map((value) => (value - middle) ** 2)))).toBeGreaterThan(4); // half of 12 years, and chance
    expect(Math.sqrt(mean(sites.map(({ level }) => level ** 2)))).toBeCloseTo(0.6, 0);
  });

  it.each([
    ['sites:', 'sitse:', /line \d+: "sitse" is not a key of a cohort; did you mean "sites"/],
    ['name: male, type', 'name: male, tpye', /features\.1/],
    ['age: 0.6', 'agee: 0.6', /line \d+: "outcome.terms": "agee" is not a feature; did you mean "age"/],
    ['smoker=2: 0.5', 'smoker: 0.5', /needs a code of smoker, as smoker=2/],
    ['shares: [0.5, 0.3, 0.2]', 'shares: [0.5, 0.3]', /one share a code, adding up to 1/],
    ['range: [18, 105]', 'range: [70, 105]', /must hold the mean of age/],
    ['share: 0.12', 'share: 1.2', /line \d+: "outcome.share"/],
    ['count: 4', 'count: 20000', /"sites.count"/],
    ['title: Death', '# title: Death', /"title" is missing/],
    ['name: died', 'name: age', /"age" names two columns/],
  ])('says where it is wrong: %s → %s', (from, to, sentence) => {
    expect(() => readCohort(text('risk.yaml').replace(from, to), 'risk.yaml')).toThrow(sentence);
  });
});

describe('simulate cohort and demo', () => {
  it('writes a folder whole, and none for a fault', async () => {
    await simulate('cohort', 'survival', '--sites', '3', '--patients', '50', '--out', 'three');
    expect(readdirSync(join(folder, 'three')).sort()).toEqual(['hospitals', 'plan.yaml', 'truth', 'truth.json']);
    expect(readdirSync(join(folder, 'three/hospitals'))).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(folder, 'three/truth.json'), 'utf8')).sites).toHaveLength(3);
    const fails = (...words: string[]) => expect(simulate('cohort', ...words)).rejects;
    await fails('survival', '--out', 'three').toThrow(/"three" exists/);
    await fails('survial', '--out', 'none').toThrow(/did you mean "survival"/);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  }, 30_000);

  it('shows a trial’s estimates beside the truth', async () => {
    const { stdout } = await simulate('demo', '--treatment', '--out', 'trial', '--json');
    const { truth } = JSON.parse(stdout) as { truth: { name: string; truth: number; interval: [number, number] | null }[] };
    const effect = truth.find(({ name }) => name.startsWith('log odds ratio'))!;
    expect(effect.truth).toBeLessThan(-0.6);
    expect(effect.interval![0]).toBeLessThan(effect.truth);
    expect(effect.interval![1]).toBeGreaterThan(effect.truth);
    expect(readFileSync(join(folder, 'trial/truth.csv'), 'utf8').split('\n')[0]).toBe('name,truth,estimate,intervalLow,intervalHigh');
  }, 120_000);
});
