/** Six made-up hospitals with every kind of outcome, studies over them, and the figures of a study by loops over their rows, from the definitions. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { studyResults } from '@consilium/shared/federation';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { expect } from 'vitest';
import { randomEffects } from '../../reference/hartung-knapp.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

export const OUTCOMES = {
  kind: '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }',
  pressure: '{ name: pressure, task: regression, column: pressure, range: [60, 240], unit: "mm[Hg]" }',
  visits: '{ name: visits, task: count, column: visits, range: [0, 30] }',
  death: '{ name: death, task: time-to-event, time: days, event: "died == 1", horizon: 300, longest: 600 }',
} as const;
export const NETWORK = `model: { kind: mlp, hidden: [6] }
algorithm: { kind: fedavg, learningRate: 0.05, localEpochs: 4, batchSize: 32 }
rounds: { count: 6 }
personal: none`;

export function planOf(outcome: keyof typeof OUTCOMES, fitting = 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 1 }'): Plan {
  const read = parsePlan(
    `study: judged
title: Judged
purpose: To judge a model.
population: Made-up patients.
synthetic: true
outcomes: [${OUTCOMES[outcome]}]
features:
  - { name: age, type: number, range: [0, 120] }
  - { name: sex, type: binary, codes: { 0: women, 1: men } }
split: { by: row, test: 0.4, validation: 0.2 }
${fitting}
evaluation: { bins: 20, smallestCell: 5, thresholds: [0.3], subgroups: [{ feature: sex }] }
`,
    'plan.yaml',
  );
  if (!read.ok) throw new Error(formatPlanErrors(read.errors));
  return read.plan;
}

export interface Patient {
  readonly age: number;
  readonly sex: number;
  readonly kind: number;
  readonly pressure: number;
  readonly visits: number;
  readonly days: number;
  readonly died: number;
}

/** Six hospitals; the last has hardly any women. The outcomes bend with age, so that a network can be better. */
export function patientsOf(site: number): Patient[] {
  const { uniform } = randomStream(sha256(new TextEncoder().encode(`tasks ${site}`)));
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: 150 + 20 * site }, () => {
    const age = Math.round(25 + 65 * uniform());
    const sex = uniform() < (site === 5 ? 0.96 : 0.5) ? 1 : 0;
    const eta = Math.abs(age - 57) / 10 - 1.6 + 0.4 * sex + 0.15 * site;
    const time = (-Math.log(uniform()) * 250) / Math.exp(eta);
    const end = 60 + 540 * uniform();
    const kind = uniform() < 1 / (1 + Math.exp(eta)) ? 0 : uniform() < 1 / (1 + Math.exp(1 - age / 60)) ? 1 : 2;
    const visits = Math.min(30, Math.floor((-Math.log(uniform()) / 1.2) * Math.exp(0.5 * eta)));
    const pressure = Math.max(60, Math.min(240, 130 + 12 * eta + (8 + 2 * site) * normal()));
    return {
      age,
      sex,
      kind,
      pressure: Math.round(pressure * 10) / 10,
      visits,
      days: Math.max(1, Math.round(Math.min(time, end))),
      died: Number(time <= end),
    };
  });
}

export const HOSPITALS = new Map(Array.from({ length: 6 }, (_, site) => [`h${site}`, patientsOf(site)]));
export const KINDS = ['none', 'mild', 'severe'];
export const SITES: SiteInput[] = [...HOSPITALS].map(([id, own]) => ({
  id,
  name: id,
  csv: new TextEncoder().encode(
    `age,sex,kind,pressure,visits,days,died\n${own
      .map(({ age, sex, kind, pressure, visits, days, died }) => [age, sex, KINDS[kind], pressure, visits, days, died].join(','))
      .join('\n')}\n`,
  ),
}));

export interface Row extends Patient {
  readonly site: string;
  readonly set: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly classes: Readonly<Record<string, readonly number[]>> | null;
}

export async function judged(plan: Plan) {
  const { programme, results: own } = await federateWithoutMasks(plan, { sites: SITES, splitCsv: null });
  const rows = [...own].flatMap(([site, { predictions }]) =>
    predictions.map(({ set, row, scores, classes }): Row => ({ ...HOSPITALS.get(site)![row - 1]!, site, set, scores, classes })),
  );
  const results = studyResults(plan, programme)!;
  const test = rows.filter(({ set }) => set === 'test');
  return { results, rows, test, sites: [...HOSPITALS.keys()].map((site) => test.filter((row) => row.site === site)) };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const sampleVariance = (values: readonly number[]): number =>
  sum(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1);
export const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
export const same = (value: number): number => value;
export type Judged = Awaited<ReturnType<typeof judged>>;

/** The told figure against the textbook on the hospitals' own. */
export function expectAcross(
  { results }: Judged,
  name: string,
  figures: readonly { readonly value: number; readonly variance: number }[],
  scale: (value: number) => number,
  digits = 6,
) {
  const told = results.acrossSites.find(({ model, figure }) => model === 'federated' && figure === name)!.result;
  const own = randomEffects(figures);
  expect(told.sites).toBe(6);
  expect(told.mean, name).toBeCloseTo(scale(own.middle), digits);
  expect(told.interval[0], name).toBeCloseTo(scale(own.low), digits);
  expect(told.prediction[1], name).toBeCloseTo(scale(own.wide), digits);
}

/** Of each sex, the rows of the hospitals that show it: the last one hides its few women, and its men with them. */
export function expectGroups(
  { results, sites }: Judged,
  figures: (rows: readonly (readonly Row[])[]) => { readonly [name: string]: number },
) {
  const own = results.subgroups.filter(({ model }) => model === 'federated');
  expect(own.map(({ group }) => group)).toEqual(['women', 'men']);
  for (const [at, { result }] of own.entries()) {
    const shown = sites.slice(0, 5).map((rows) => rows.filter(({ sex }) => sex === at));
    expect(result!.n).toBe(shown.flat().length);
    expect(result!.sites).toBe(5);
    for (const [name, value] of Object.entries(figures(shown))) expect(result!.measures[name], name).toBeCloseTo(value, 6);
  }
}

/** Pairs by definition and DeLong's variance, patient by patient. */
export function pairs(rows: readonly Row[], score: (row: Row) => number, isIn: (row: Row) => boolean) {
  const [events, others] = [rows.filter(isIn), rows.filter((row) => !isIn(row))];
  const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
  const ofEvents = events.map((a) => mean(others.map((b) => wins(score(a), score(b)))));
  const ofOthers = others.map((b) => mean(events.map((a) => wins(score(a), score(b)))));
  const all = events.length * others.length;
  const variance = sampleVariance(ofEvents) / events.length + sampleVariance(ofOthers) / others.length;
  return { won: mean(ofEvents) * all, all, auroc: mean(ofEvents), variance };
}
