/** What becomes of a feature that some hospitals do not collect, and when "was missing" may be an input. Figures counted by hand. */
import { designNames, prepare, type Scaling, scalingFrom, siteStatistics, splitChecks, splitRows } from '@consilium/shared/preparation';
import { checkTable, emptyMapping, type Mapping } from '@consilium/shared/schema';
import { type Plan, parsePlan, tableSpec } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { csv, mixedPlan } from './tables.ts';

const SPLIT = '{ by: column, column: part }';
const planWith = (more: string, impute = 'federated-mean'): Plan => mixedPlan(SPLIT, impute, more);

interface Made {
  readonly age?: (at: number) => number | null;
  readonly cp?: (at: number) => number | null;
  readonly mapping?: Mapping;
}

/** Thirty training rows: age 40 to 69, sex and cp in turn, unless told otherwise. */
function site(plan: Plan, { age = (at) => 40 + at, cp = (at) => (at % 3) + 1, mapping }: Made = {}) {
  const lines = Array.from({ length: 30 }, (_, at) => `${age(at) ?? ''},${at % 2},${cp(at) ?? ''},${at % 2},train`);
  const table = checkTable(csv(`age,sex,cp,died,part\n${lines.join('\n')}\n`), tableSpec(plan), { mapping: mapping ?? null });
  const { sets, dropped } = splitRows(plan, table, 'site', null);
  return { table, sets, dropped, statistics: siteStatistics(plan, table, sets) };
}

function scalingOf(plan: Plan, made: readonly Made[]): Scaling {
  const all = made.map((entry) => site(plan, entry).statistics);
  return scalingFrom(
    plan,
    all[0]!.map((_, at) => all.reduce((total, entry) => total + entry[at]!, 0)),
  );
}

const nothing: Made = { age: () => null };
const notCollected: Made = { mapping: { ...emptyMapping('mixed'), features: { age: { notCollected: true } } } };

describe('a feature that a hospital does not collect', () => {
  it('is the shared mean there under site-intercept, with a notice', () => {
    const plan = planWith('');
    const scaling = scalingOf(plan, [{}, {}, {}, notCollected]);
    expect(designNames(plan, scaling)).toContain('age');
    expect(scaling.notes).toEqual([
      "age is not collected at some hospitals: there it counts as the shared mean, and the hospital's own intercept takes up the rest.",
    ]);
    const { table, sets } = site(plan, notCollected);
    const { train, width } = prepare(plan, table, sets, scaling);
    expect(train.rows).toBe(30);
    expect(Array.from({ length: 30 }, (_, at) => train.x[at * width])).toEqual(new Array(30).fill(0));
  });

  it('is left out everywhere under exclude-feature, coded ones too, and only where a hospital lacks it', () => {
    const plan = planWith(', unavailable: exclude-feature');
    expect(designNames(plan, scalingOf(plan, [{}, {}, {}, {}]))).toEqual(['age', 'sex', 'cp=2', 'cp=3']);
    const scaling = scalingOf(plan, [{}, {}, {}, { ...nothing, cp: () => null }]);
    expect(designNames(plan, scaling)).toEqual(['sex']);
    expect(scaling.notes).toContain('age is left out: some hospitals do not collect it.');
    // A value missing for some patients is another thing.
    expect(designNames(plan, scalingOf(plan, [{}, {}, {}, { age: (at) => (at < 29 ? null : 50) }]))).toContain('age');
  });

  it.each([
    ['declared', notCollected],
    ['empty', nothing],
  ])('keeps the whole hospital out under exclude-site (%s)', (_, made) => {
    const plan = planWith(', unavailable: exclude-site');
    const { table, sets, dropped, statistics } = site(plan, made);
    expect(dropped).toEqual([{ reason: 'age is not collected here', count: 30 }]);
    expect(statistics.every((value) => value === 0)).toBe(true);
    expect(splitChecks(plan, table, sets).find(({ id }) => id === 'unavailable')).toMatchObject({ status: 'fail' });
    const whole = site(plan);
    expect(whole.dropped).toEqual([]);
    expect(splitChecks(plan, whole.table, whole.sets).filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('loses no row under drop-row where a person says that it is not collected', () => {
    expect(site(planWith('', 'drop-row'), notCollected).dropped).toEqual([]);
    expect(site(planWith('', 'drop-row'), nothing).dropped).toEqual([{ reason: 'a feature is missing', count: 30 }]);
  });
});

describe('support of a column', () => {
  it('of a number is at least ten patients with a value', () => {
    const plan = planWith('');
    const few = (count: number): Made => ({ age: (at) => (at < count ? 50 + at : null) });
    expect(designNames(plan, scalingOf(plan, [few(3), few(3), few(3)]))).not.toContain('age');
    expect(designNames(plan, scalingOf(plan, [few(3), few(3), few(4)]))).toContain('age');
  });

  it('of a code asks for three hospitals with patients without it, too', () => {
    const plan = planWith('');
    const always: Made = { cp: () => 2 };
    expect(designNames(plan, scalingOf(plan, [always, always, {}, {}]))).not.toContain('cp=2');
    expect(designNames(plan, scalingOf(plan, [always, {}, {}, {}]))).toContain('cp=2');
  });

  it('of a reference that hardly anyone has is made by merging the commonest code with it', () => {
    const plan = planWith('');
    const scaling = scalingOf(
      plan,
      [0, 1, 2].map(() => ({ cp: (at: number) => (at === 0 ? 1 : at < 12 ? 2 : 3) })),
    );
    expect(designNames(plan, scaling)).toEqual(['age', 'sex', 'cp=2']);
    expect(scaling.notes).toEqual(['cp=3 is merged with the reference: the reference is rare.']);
  });
});

describe('an indicator', () => {
  const plan = planWith(', indicators: true');
  const gaps = (count: number): Made => ({ age: (at) => (at < count ? null : 40 + at) });

  it('is an input where three hospitals have both missing and observed values, and ten patients of either', () => {
    const used = (made: readonly Made[]) => designNames(plan, scalingOf(plan, made)).includes('age:missing');
    expect(used([gaps(4), gaps(3), gaps(3)])).toBe(true);
    expect(used([gaps(3), gaps(3), gaps(3)])).toBe(false); // nine missing
    expect(used([gaps(27), gaps(27), gaps(27)])).toBe(false); // nine observed
    expect(used([gaps(15), gaps(15), gaps(0)])).toBe(false); // two hospitals
    expect(used([gaps(15), gaps(15), gaps(30)])).toBe(false); // "not collected" is no third
    expect(used([gaps(15), gaps(15), gaps(15), gaps(30)])).toBe(true);
  });

  it('is standardised like any column, and says nothing of a hospital that does not collect the feature', () => {
    const made = [gaps(6), gaps(12), gaps(3), gaps(30)];
    const scaling = scalingOf(plan, made);
    const [share, total] = [21 / 90, 90];
    const column = scaling.columns.find(({ name }) => name === 'age:missing')!;
    expect(column.observed).toBe(total);
    expect(column.mean).toBeCloseTo(share, 12);
    const sd = Math.sqrt((total * share * (1 - share)) / (total - 1));
    expect(column.sd).toBeCloseTo(sd, 12);
    const at = designNames(plan, scaling).indexOf('age:missing');
    const valuesOf = (entry: Made) => {
      const { table, sets } = site(plan, entry);
      const { train, width } = prepare(plan, table, sets, scaling);
      return Array.from({ length: train.rows }, (_, row) => train.x[row * width + at]!);
    };
    valuesOf(gaps(6)).forEach((value, row) => {
      expect(value).toBeCloseTo(((row < 6 ? 1 : 0) - share) / sd, 12);
    });
    expect(valuesOf(gaps(30))).toEqual(new Array(30).fill(0));
  });

  it('is refused beside an observational treatment, and where rows with gaps are dropped', () => {
    const text = (impute: string, treatment: string) => `study: mixed
title: Mixed
purpose: To ask.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features: [{ name: age, type: number, range: [0, 120] }]
preprocess: { indicators: true, impute: ${impute} }
split: { by: row }
model: { kind: linear }
algorithm: { kind: newton }
${treatment}`;
    const treatment = (assignment: string) =>
      `treatment: { column: drug, assignment: ${assignment}, timeZero: now, eligibility: all, followUp: a year, adjust: [age] }`;
    const errors = (yaml: string) => {
      const parsed = parsePlan(yaml, 'plan.yaml');
      return parsed.ok ? [] : parsed.errors.map(({ key }) => key);
    };
    expect(errors(text('federated-mean', ''))).toEqual([]);
    expect(errors(text('federated-mean', treatment('observational')))).toEqual(['preprocess.indicators']);
    expect(errors(text('federated-mean', treatment('randomised, allocation: 0.5')))).toEqual([]);
    expect(errors(text('drop-row', ''))).toEqual(['preprocess.indicators']);
  });
});
