/** Patients divided anew: none lost, none twice, the same bytes from the same seed, and as skewed as asked for. */
import { readCsv } from '@consilium/shared/reading';
import { divide, readPartition, splitOverview } from '@consilium/simulations/partitions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

const plan = linearPlan();
const data = { sites: smallHospitals(60), splitCsv: null };
const ALL = 60 + 70 + 80 + 90;

const run = (seed: number, ...texts: string[]) => divide(plan, data, texts.map(readPartition), seed);
const rowsOf = (study: ReturnType<typeof run>) => study.sites.flatMap(({ csv }) => readCsv(csv).rows.map((cells) => cells.join('|')));
const before = rowsOf(data).sort();

const assignment = fc.oneof(
  fc.constant('natural'),
  fc.integer({ min: 1, max: 20 }).map((sites) => `iid:sites=${sites},atLeast=1`),
  fc
    .record({ sites: fc.integer({ min: 1, max: 6 }), alpha: fc.constantFrom(0.1, 1, 50), sigma: fc.constantFrom(0, 0.5) })
    .map(({ sites, alpha, sigma }) => `dirichlet:sites=${sites},alpha=${alpha},sigma=${sigma},atLeast=1`),
  fc.integer({ min: 1, max: 12 }).map((sites) => `quantity:sites=${sites},sigma=0.8,atLeast=1`),
  fc.integer({ min: 1, max: 12 }).map((sites) => `shards:sites=${sites},perSite=2,atLeast=1`),
);

describe('patients divided anew', () => {
  it('are all there once, and where the seed says', () => {
    fc.assert(
      fc.property(assignment, fc.integer({ min: 1, max: 1000 }), (text, seed) => {
        const [first, again] = [run(seed, text), run(seed, text)];
        expect(rowsOf(first).sort()).toEqual(before);
        expect(again).toEqual(first);
        expect(new Set(first.sites.map(({ id }) => id)).size).toBe(first.sites.length);
      }),
      { numRuns: 40 },
    );
    expect(run(1, 'iid:sites=4')).not.toEqual(run(2, 'iid:sites=4'));
  });

  it('keep the rows of one patient at one site', () => {
    const twice = data.sites.map((site) => {
      const [head, ...rows] = new TextDecoder().decode(site.csv).trimEnd().split('\n');
      return { ...site, csv: new TextEncoder().encode([head, ...rows, ...rows].join('\n')) };
    });
    const divided = divide(plan, { ...data, sites: twice }, [readPartition('iid:sites=7')], 3);
    const patients = divided.sites.map(({ csv }) => new Set(readCsv(csv).rows.map(([patient]) => patient)));
    expect(patients.reduce((sum, group) => sum + group.size, 0)).toBe(ALL);
  });

  it('are alike with a large alpha and of one class with a small one', () => {
    const shares = (alpha: number) => {
      const { sites, classes } = splitOverview(plan, run(5, `dirichlet:sites=5,alpha=${alpha},atLeast=1`));
      return sites.map((site) => (site.classes[classes.indexOf('event')] ?? 0) / site.patients);
    };
    const range = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(range(shares(1000))).toBeLessThan(0.15);
    expect(range(shares(0.1))).toBeGreaterThan(0.6);
  });

  it('have log-normal sizes under quantity skew', () => {
    const logs = Array.from({ length: 60 }, (_, seed) =>
      run(seed, 'quantity:sites=5,sigma=0.7,atLeast=1').sites.map(({ csv }) => Math.log(readCsv(csv).rows.length)),
    );
    const within = logs.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      return row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (row.length - 1);
    });
    expect(Math.sqrt(within.reduce((sum, value) => sum + value, 0) / within.length)).toBeCloseTo(0.7, 1);
  });

  it('come in at most as many classes a site as it has shards', () => {
    const { sites } = splitOverview(plan, run(2, 'shards:sites=10,perSite=1,atLeast=1'));
    expect(sites.filter((site) => site.classes.filter((count) => count > 0).length === 1).length).toBeGreaterThanOrEqual(9);
  });
});

describe('sites made different', () => {
  it('shift one feature by a constant a site and leave the others', () => {
    const { sites, features } = splitOverview(plan, run(4, 'shift:feature=age,sd=2'));
    const spread = (name: string) => Math.max(...sites.map((site) => Math.abs(site.shift[features.indexOf(name)] ?? 0)));
    expect(spread('age')).toBeGreaterThan(0.5);
    expect(spread('pressure')).toBeLessThan(0.25);
  });

  it('write another unit at the chosen share of sites', () => {
    const changed = run(1, 'unit:feature=pressure,factor=0.133,share=0.5').sites.map(({ csv }, at) => {
      const [old, next] = [data.sites[at]?.csv ?? csv, csv].map((bytes) => readCsv(bytes).rows.map((cells) => Number(cells[2])));
      return (next?.[0] ?? 0) / (old?.[0] ?? 1);
    });
    expect(changed.filter((factor) => Math.abs(factor - 0.133) < 1e-6)).toHaveLength(2);
    expect(changed.filter((factor) => factor === 1)).toHaveLength(2);
  });

  it('leave values empty at a rate of each site, never an outcome or a patient', () => {
    const study = run(1, 'iid:sites=4', 'missing:rate=0.3,sd=1');
    const { sites } = splitOverview(plan, study);
    const rates = sites.flatMap(({ missing }) => missing);
    expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(0.1);
    for (const { csv } of study.sites) for (const cells of readCsv(csv).rows) expect([cells[0], cells[4]]).not.toContain('');
  });
});

describe('a partition that cannot be', () => {
  it.each([
    ['iid:sites=301,atLeast=1', /300 patients, too few for 301 sites/],
    ['iid:sites=40', /cannot give 40 sites 10 each/],
    ['dirichlet:sites=25,alpha=0.01', /100 draws of dirichlet.*fewer sites/],
    ['dirichlett:sites=3', /did you mean "dirichlet"/],
    ['dirichlet:site=3', /"site" is not one of its keys.*did you mean "sites"/],
    ['iid', /"sites" is missing/],
    ['iid:sites=many', /"sites"/],
    ['shift:feature=agee', /not a feature of the plan; did you mean "age"/],
  ])('says why: %s', (text, sentence) => {
    expect(() => run(1, text)).toThrow(sentence);
  });

  it('is not two assignments', () => {
    expect(() => run(1, 'iid:sites=3', 'shards:sites=3')).toThrow(/give one of them/);
  });
});
