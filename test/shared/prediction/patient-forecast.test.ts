/** One patient at one hospital, against what the study itself says of the same row, and against the model reckoned by hand. */
import { parseModel, releaseModel } from '@consilium/shared/export';
import { loadRows, type SiteRows, studyResults } from '@consilium/shared/federation';
import { modelForecast, patientForecast, type SiteForecast } from '@consilium/shared/prediction';
import { designNames } from '@consilium/shared/preparation';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { covarianceOf } from '@consilium/shared/training';
import { type Federation, federate, type SiteInput } from '@consilium/simulations';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { beforeAll, describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';
import { TRIAL_PLAN, trialFiles } from '../../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../../reference/trials.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

interface Finished {
  readonly plan: Plan;
  readonly federation: Pick<Federation, 'programme' | 'results'>;
  readonly rows: SiteRows;
  readonly site: string;
}

async function finish(text: string, sites: readonly SiteInput[], site: string, isSecure = true): Promise<Finished> {
  const parsed = parsePlan(text, 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  const { plan } = parsed;
  const data = { sites, splitCsv: null };
  const federation = isSecure ? await federate({ plan, ...data, backend: 'plain' }) : await federateWithoutMasks(plan, data);
  const own = sites.find(({ id }) => id === site)!;
  const { rows } = await loadRows(plan, site, { files: [{ name: `${site}.csv`, bytes: own.csv }], splitCsv: null });
  return { plan, federation, rows, site };
}

const demoSites = (): SiteInput[] =>
  makeCohort({ sites: DEMO_PROFILES, seed: 7 }).sites.map(({ id, csv }) => ({ id, name: id, csv: new TextEncoder().encode(csv) }));

const ask = ({ plan, federation, rows }: Finished, values: { readonly [feature: string]: number }): SiteForecast =>
  patientForecast(plan, federation.programme, rows, values);

function shown(answer: SiteForecast): Extract<SiteForecast, { kind: 'shown' }> {
  if (answer.kind !== 'shown') throw new Error(JSON.stringify(answer));
  return answer;
}

const logit = (p: number): number => Math.log(p / (1 - p));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a linear model', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await finish(demoPlan('linear').replace('ridge: 1', 'ridge: 0').concat('\npersonal: none\n'), demoSites(), 'northfield');
  }, 120_000);

  it('says of every test row what the study says of it', () => {
    const { federation, rows, site } = finished;
    const predictions = federation.results.get(site)!.predictions.filter(({ set }) => set === 'test');
    expect(rows.testRows()).toEqual(predictions.map(({ row }) => row));
    let compared = 0;
    for (const { row, scores } of predictions.slice(0, 40)) {
      const answer = ask(finished, rows.valuesOf(row)!);
      if (answer.kind !== 'shown') continue;
      expect(answer.risk).toBeCloseTo(scores.federated!, 12);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(30);
  });

  it('shares out the whole difference from the average patient, exactly', () => {
    const answer = shown(ask(finished, { age: 80, sex: 1, prior_admissions: 4, smoker: 2 }));
    expect(answer.reasons.kind).toBe('exact');
    expect(sum(answer.reasons.items.map(({ contribution }) => contribution))).toBeCloseTo(logit(answer.risk) - logit(answer.reference), 10);
    expect(answer.imputed).toEqual(['systolic_bp', 'creatinine', 'hba1c', 'length_of_stay']);
    const sizes = answer.reasons.items.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(shown(ask(finished, {}))).toMatchObject({ reasons: { items: [] } });
  });

  it('gives the interval of the delta method, written out', () => {
    const { plan, federation, rows } = finished;
    const { newton, scaling } = federation.programme;
    const values = rows.valuesOf(rows.testRows()[0]!)!;
    const { x } = rows.patient(scaling!, values).part;
    const covariance = covarianceOf(newton!)!;
    const design = [1, ...x];
    expect(design).toHaveLength(designNames(plan, scaling!).length + 1);
    const variance = sum(design.flatMap((a, j) => design.map((b, k) => a * b * covariance[j * design.length + k]!)));
    const eta = sum(design.map((value, j) => value * newton!.coefficients[j]!));
    const { uncertainty } = shown(ask(finished, values));
    expect(uncertainty?.kind).toBe('interval');
    expect(logit(uncertainty!.low)).toBeCloseTo(eta - 1.959964 * Math.sqrt(variance), 5);
    expect(logit(uncertainty!.high)).toBeCloseTo(eta + 1.959964 * Math.sqrt(variance), 5);
  });

  it('refuses what the study does not cover, with every reason', () => {
    const answer = ask(finished, { age: 130, sex: 2, smoker: 1.5, systolic_bp: Number.POSITIVE_INFINITY });
    expect(answer).toEqual({
      kind: 'refused',
      refusals: [
        { reason: 'out-of-range', feature: 'age', range: [18, 110] },
        { reason: 'unknown-code', feature: 'sex' },
        { reason: 'out-of-range', feature: 'systolic_bp', range: [60, 260] },
        { reason: 'unknown-code', feature: 'smoker' },
      ],
    });
  });

  it('refuses a missing value that the plan needs, and a hospital where the model was not checked', () => {
    const { plan, rows } = finished;
    const needy: Plan = { ...plan, features: plan.features.map((feature) => ({ ...feature, required: feature.name === 'age' })) };
    expect(ask({ ...finished, plan: needy }, {})).toMatchObject({ refusals: [{ reason: 'missing', feature: 'age' }] });
    const dropping: Plan = { ...plan, preprocess: { ...plan.preprocess, impute: 'drop-row' } };
    expect(ask({ ...finished, plan: dropping }, {})).toMatchObject({
      refusals: plan.features.map(({ name }) => ({ reason: 'missing', feature: name })),
    });
    const small: SiteRows = { ...rows, testClasses: () => ({ events: 3, nonEvents: 50 }) };
    expect(ask({ ...finished, rows: small }, {})).toEqual({
      kind: 'refused',
      refusals: [{ reason: 'site-not-checked', events: 3, nonEvents: 50, needed: 10 }],
    });
  });
});

describe('a network', () => {
  it('gives the range of its fits and reasons that add up, nearly', async () => {
    const text = demoPlan('mlp').replace('count: 10', 'count: 4');
    const finished = await finish(text, demoSites(), 'northfield');
    const answer = shown(ask(finished, { age: 85, sex: 0, prior_admissions: 6, smoker: 2, creatinine: 3 }));
    expect(answer.uncertainty).toMatchObject({ kind: 'instability', fits: 5 });
    expect(answer.uncertainty!.low).toBeLessThanOrEqual(answer.risk);
    expect(answer.uncertainty!.high).toBeGreaterThanOrEqual(answer.risk);
    expect(answer.reasons.kind).toBe('integrated-gradients');
    const whole = logit(answer.risk) - logit(answer.reference);
    expect(Math.abs(whole)).toBeGreaterThan(0.2);
    expect(sum(answer.reasons.items.map(({ contribution }) => contribution)) / whole).toBeCloseTo(1, 1);
  }, 120_000);
});

describe('a model adapted to the hospital', () => {
  it.each([
    ['linear', 'intercept', 'spread'],
    ['linear', 'recalibrate', 'spread'],
    ['mlp', 'intercept', 'instability'],
    ['mlp', 'head', null],
    ['mlp', 'fedper', null],
    ['mlp', 'fedbn', null],
  ] as const)('%s with %s is what the page speaks of, reasons and uncertainty with it', async (model, personal, uncertainty) => {
    const plain = demoPlan(model).replace('count: 10', 'count: 2');
    // FedBN's own part is batch normalisation.
    const text = personal === 'fedbn' ? plain.replace(/kind: mlp,/, 'kind: mlp, norm: batch,') : plain;
    const finished = await finish(`${text}\npersonal: ${personal}\n`, demoSites(), 'northfield', false);
    const predictions = finished.federation.results.get('northfield')!.predictions.filter(({ set }) => set === 'test');
    let compared = 0;
    for (const { row, scores } of predictions.slice(0, 12)) {
      const answer = ask(finished, finished.rows.valuesOf(row)!);
      if (answer.kind !== 'shown') continue;
      compared += 1;
      expect(answer.risk).toBeCloseTo(scores.personal!, 12);
      expect(Math.abs(answer.risk - (answer.shared ?? 0))).toBeGreaterThan(1e-6);
      if (personal === 'fedper' || personal === 'fedbn') expect(answer.shared).toBeNull();
      else expect(answer.shared).toBeCloseTo(scores.federated!, 12);
      const whole = logit(answer.risk) - logit(answer.reference);
      expect(sum(answer.reasons.items.map(({ contribution }) => contribution))).toBeCloseTo(whole, model === 'linear' ? 9 : 1);
      expect(answer.uncertainty?.kind ?? null).toBe(uncertainty);
      if (answer.uncertainty !== null) {
        // The ends went through the log odds and back.
        expect(answer.uncertainty.low).toBeLessThanOrEqual(answer.risk + 1e-12);
        expect(answer.uncertainty.high).toBeGreaterThanOrEqual(answer.risk - 1e-12);
      }
    }
    expect(compared).toBeGreaterThan(8);
  });
});

describe('a measured outcome', () => {
  it('is the number the study says, within the half-width of the pooled validation patients', async () => {
    const plan = taskPlan('  - { name: pressure, task: regression, column: pressure, range: [60, 220] }', 'personal: none');
    const text = JSON.stringify({ ...plan, split: { by: 'row', test: 0.3, validation: 0.3 } });
    const finished = await finish(text, taskHospitals(150), 'south', false);
    const { conformal } = studyResults(finished.plan, finished.federation.programme)!;
    const predictions = finished.federation.results.get('south')!.predictions.filter(({ set }) => set === 'test');
    for (const { row, scores } of predictions.slice(0, 10)) {
      const answer = ask(finished, finished.rows.valuesOf(row)!);
      if (answer.kind !== 'quantity') throw new Error(JSON.stringify(answer));
      expect(answer.value).toBeCloseTo(scores.federated!, 10);
      expect(answer.conformal!.low).toBeCloseTo(answer.value - conformal!.halfWidth, 10);
      expect(answer.conformal!.high).toBeCloseTo(answer.value + conformal!.halfWidth, 10);
    }
    const untold = patientForecast(finished.plan, { ...finished.federation.programme, conformal: null }, finished.rows, {
      age: 50,
      smoker: 1,
    });
    expect(untold).toMatchObject({ kind: 'quantity', conformal: null, imputed: [] });
  });
});

describe('an outcome that is no risk', () => {
  const KINDS = '  - { name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }';
  const VISITS = '  - { name: visits, task: count, column: visits, range: [0, 100] }';
  const fitted = async (outcome: string, ridge = 0): Promise<Finished> => {
    const plan = taskPlan(outcome, 'personal: none', `model: { kind: linear }\nalgorithm: { kind: newton, ridge: ${ridge} }`);
    return finish(JSON.stringify(plan), taskHospitals(150), 'south', false);
  };
  const older = { age: 71, smoker: 1 };

  it('has a probability a class, as the study says of the row, with intervals and what decides between the likeliest two', async () => {
    const finished = await fitted(KINDS);
    const predictions = finished.federation.results.get('south')!.predictions.filter(({ set }) => set === 'test');
    for (const { row, classes } of predictions.slice(0, 10)) {
      const answer = ask(finished, finished.rows.valuesOf(row)!);
      if (answer.kind !== 'classes') throw new Error(JSON.stringify(answer));
      for (const [k, { value, uncertainty }] of answer.classes.entries()) {
        expect(value).toBeCloseTo(classes!.federated![k]!, 12);
        expect(uncertainty?.kind).toBe('interval');
        expect(uncertainty!.low).toBeLessThan(value);
        expect(uncertainty!.high).toBeGreaterThan(value);
      }
      const [one, other] = answer.likeliest;
      expect(answer.classes[one]!.value).toBe(Math.max(...answer.classes.map(({ value }) => value)));
      const odds = (of: 'value' | 'reference') => Math.log(answer.classes[one]![of]) - Math.log(answer.classes[other]![of]);
      expect(answer.reasons.kind).toBe('exact');
      expect(sum(answer.reasons.items.map(({ contribution }) => contribution))).toBeCloseTo(odds('value') - odds('reference'), 9);
    }
    expect(ask(finished, { age: 200, smoker: 1 })).toMatchObject({ refusals: [{ reason: 'out-of-range', feature: 'age' }] });
    const small = { ...finished, rows: { ...finished.rows, testClasses: () => ({ events: 1, nonEvents: 90 }) } };
    expect(ask(small, older)).toEqual({ kind: 'refused', refusals: [{ reason: 'few-of-a-class', patients: 1, needed: 2 }] });
  });

  it('has the expected number, as the study says of the row, with an interval and terms on its logarithm', async () => {
    const finished = await fitted(VISITS, 1);
    const predictions = finished.federation.results.get('south')!.predictions.filter(({ set }) => set === 'test');
    for (const { row, scores } of predictions.slice(0, 10)) {
      const answer = ask(finished, finished.rows.valuesOf(row)!);
      if (answer.kind !== 'count') throw new Error(JSON.stringify(answer));
      expect(answer.value).toBeCloseTo(scores.federated!, 10);
      // A penalised fit has a spread, without the promise of an interval.
      expect(answer.uncertainty?.kind).toBe('spread');
      expect(Math.log(answer.uncertainty!.high / answer.value)).toBeCloseTo(Math.log(answer.value / answer.uncertainty!.low), 9);
      expect(sum(answer.reasons.items.map(({ contribution }) => contribution))).toBeCloseTo(Math.log(answer.value / answer.reference), 9);
    }
    const small = { ...finished, rows: { ...finished.rows, testClasses: () => ({ events: 1, nonEvents: 1 }) } };
    expect(ask(small, older)).toEqual({ kind: 'refused', refusals: [{ reason: 'few-test-patients', patients: 1, needed: 2 }] });
  });

  it('says the same by the model’s file as on the hospital’s page, and names the outcome as people read it', async () => {
    for (const outcome of [
      KINDS,
      VISITS.replace('name: visits,', 'name: visits, label: Visits in a year,'),
      '  - { name: pressure, task: regression, column: pressure, range: [60, 220] }',
    ]) {
      const finished = await fitted(outcome, 1);
      const page = ask(finished, older);
      const model = releaseModel(finished.plan, '0'.repeat(64), finished.federation.programme);
      expect(model.outcome).toBe(outcome === KINDS ? 'kind' : outcome.includes('visits') ? 'Visits in a year' : 'pressure');
      const read = parseModel(JSON.stringify(model));
      if (!read.ok) throw new Error(read.problem);
      const file = modelForecast(read.model, older);
      expect(JSON.parse(JSON.stringify(file), rounded)).toEqual(JSON.parse(JSON.stringify(page), rounded));
      expect(JSON.stringify(file)).toContain('"kind":"spread"');
    }
  });

  it('of a network has the range of its fits for every class', async () => {
    const network =
      'model: { kind: mlp, hidden: [4] }\nalgorithm: { kind: fedavg, fits: 5, learningRate: 0.05, localEpochs: 2, batchSize: 32 }\nrounds: { count: 2 }';
    const plan = taskPlan(KINDS, 'personal: none', network);
    const finished = await finish(JSON.stringify(plan), taskHospitals(80), 'south', false);
    const answer = ask(finished, older);
    if (answer.kind !== 'classes') throw new Error(JSON.stringify(answer));
    expect(sum(answer.classes.map(({ value }) => value))).toBeCloseTo(1, 6);
    for (const { value, uncertainty } of answer.classes) {
      expect(uncertainty).toMatchObject({ kind: 'instability', fits: 5 });
      expect(uncertainty!.low).toBeLessThanOrEqual(value);
      expect(uncertainty!.high).toBeGreaterThanOrEqual(value);
    }
    expect(answer.reasons.kind).toBe('integrated-gradients');
  });
});

/** Numbers to nine places: the file's constants went through text and another order of sums. */
const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value);

describe('a treatment', () => {
  it('has for a picked patient the effect that the site is shown for that row', async () => {
    const sites = trialFiles(makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 5) }, 'files'));
    const finished = await finish(TRIAL_PLAN, sites, sites[0]!.id);
    const { effect } = finished.federation.results.get(finished.site)!;
    expect(effect!.length).toBeGreaterThan(10);
    for (const item of effect!.slice(0, 10)) {
      const answer = shown(ask(finished, finished.rows.valuesOf(item.row)!));
      expect(answer.effect).toEqual(item.effect);
    }
  }, 120_000);
});
