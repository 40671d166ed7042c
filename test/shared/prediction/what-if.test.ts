/** What a change could do: a trial's ratio on the patient's risk, offered to those whom the trial speaks of and to nobody else. */
import { changedRisk, whatIfs } from '@consilium/shared/prediction';
import { describePlan, formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';

const SMOKING =
  'effectSource: { trial: "A made-up trial, 2020", change: a year without smoking, measure: risk-ratio, ratio: 0.75, interval: [0.6, 0.9], codes: [current], harms: "weight gain, 3 out of 100" }';
const PRESSURE =
  'effectSource: { trial: "Another, 2021", change: a lower pressure, measure: odds-ratio, ratio: 0.8, interval: [0.7, 1.1], between: [130, 180] }';

const read = (smoking: string, pressure: string, outcome = '{ name: stroke, task: binary, column: stroke, positive: "stroke == 1" }') =>
  parsePlan(
    `study: changes
title: Changes
purpose: To say what a trial found.
population: Made-up patients.
outcomes: [${outcome}]
features:
  - { name: smoking, label: Smoking, type: category, codes: { never: never, former: former, current: current }, modifiable: true${smoking === '' ? '' : ', '}${smoking} }
  - { name: pressure, label: Pressure, type: number, unit: "mm[Hg]", range: [60, 260], modifiable: true${pressure === '' ? '' : ', '}${pressure} }
  - { name: age, type: number, range: [18, 110] }
split: { by: row, test: 0.3, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
`,
    'plan.yaml',
  );

function planOf(...parts: Parameters<typeof read>) {
  const parsed = read(...parts);
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

const problems = (...parts: Parameters<typeof read>): string => {
  const parsed = read(...parts);
  return parsed.ok ? '' : formatPlanErrors(parsed.errors);
};

describe('a risk under a ratio', () => {
  it('is the textbook’s', () => {
    expect(changedRisk('risk-ratio', 0.75, 0.24)).toBeCloseTo(0.18, 12);
    expect(changedRisk('risk-ratio', 3, 0.5)).toBe(1);
    // Odds of .4 are 2 / 3; half of them, 1 / 3, are a risk of a quarter.
    expect(changedRisk('odds-ratio', 0.5, 0.4)).toBeCloseTo(0.25, 12);
    // Survival .7 to the power .5.
    expect(changedRisk('hazard-ratio', 0.5, 0.3)).toBeCloseTo(1 - Math.sqrt(0.7), 12);
    for (const measure of ['risk-ratio', 'odds-ratio', 'hazard-ratio'] as const) {
      for (const risk of [0, 0.2, 1]) expect(changedRisk(measure, 1, risk)).toBeCloseTo(risk, 12);
      expect(changedRisk(measure, 0.5, 0)).toBe(0);
    }
  });
});

describe('what if', () => {
  const { features } = planOf(SMOKING, PRESSURE);

  it('is told of those whom the trial speaks of, with the trial’s interval', () => {
    const told = whatIfs(features, { smoking: 2, pressure: 150, age: 70 }, 0.2);
    expect(told.map(({ feature }) => feature)).toEqual(['smoking', 'pressure']);
    expect(told[0]).toMatchObject({ risk: expect.closeTo(0.15, 12), low: expect.closeTo(0.12, 12), high: expect.closeTo(0.18, 12) });
    expect(told[1]!.risk).toBeCloseTo((0.25 * 0.8) / (1 + 0.25 * 0.8), 12);
  });

  it('is told of nobody else, and never of a value that is not known', () => {
    expect(whatIfs(features, { smoking: 1, pressure: 129.9, age: 70 }, 0.2)).toEqual([]);
    expect(whatIfs(features, { smoking: 0, pressure: 180.1 }, 0.2)).toEqual([]);
    expect(whatIfs(features, { age: 70 }, 0.2)).toEqual([]);
    expect(whatIfs(planOf('', '').features.slice(1), { pressure: 150 }, 0.2)).toEqual([]);
  });

  it('stands in the plan that hospitals sign', () => {
    const text = describePlan(planOf(SMOKING, PRESSURE)).join('\n');
    expect(text).toContain(
      'Smoking, with a year without smoking: risk ratio 0.75 (95 % interval 0.6 to 0.9), A made-up trial, 2020. Harms: weight gain, 3 out of 100.',
    );
    expect(text).toContain('Harms: not given.');
  });
});

describe('a plan', () => {
  it('refuses a source that does not fit, by its key', () => {
    expect(problems(SMOKING.replace('[current]', '[cigars]'), PRESSURE)).toContain('names "cigars", which is not a code of "smoking"');
    expect(problems(SMOKING.replace('0.75', '0.95'), PRESSURE)).toContain('is 0.95, outside its interval 0.6 to 0.9');
    expect(problems(SMOKING.replace('risk-ratio', 'hazard-ratio'), PRESSURE)).toContain('is hazard-ratio, which a risk has not');
    expect(problems(SMOKING, PRESSURE.replace('[0.7, 1.1]', '[1.1, 0.7]'))).toContain('low below high');
    expect(problems(SMOKING, PRESSURE, '{ name: n, task: count, column: n, range: [0, 9] }')).toContain(
      'is for risks; the primary outcome is of task count',
    );
    const time = '{ name: death, task: time-to-event, time: days, event: died == 1, unit: d, horizon: 300 }';
    expect(problems(SMOKING, PRESSURE, time)).toContain('is odds-ratio, which a time to an event has not');
    expect(problems(SMOKING.replace('risk-ratio', 'hazard-ratio'), '', time)).toBe('');
  });
});
