/**
 * Studies of every task, by the stages that masked sums run: equal to the fit on pooled rows, and the live figures equal to those straight from rows where
 * nothing is binned. Oracle: fits of the pooled rows, and loops over rows.
 */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { runOnce, type SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';

const plan = (outcomes: string, more = ''): Plan => {
  const read = parsePlan(
    `study: tasks
title: Every task
purpose: To fit every task.
population: Made-up patients.
synthetic: true
outcomes:
${outcomes}
features:
  - { name: age, type: number, range: [0, 100] }
  - { name: smoker, type: binary }
split: { by: row, test: 0.3, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
evaluation: { bins: 100, smallestCell: 2 }
${more}`,
    'plan.yaml',
  );
  if (!read.ok) throw new Error(formatPlanErrors(read.errors));
  return read.plan;
};

function hospitals(rows = 90): SiteInput[] {
  return ['north', 'south', 'east', 'west'].map((id, site) => {
    const { uniform } = randomStream(sha256(new TextEncoder().encode(id)));
    const lines = Array.from({ length: rows }, (_, i) => {
      const age = 30 + 50 * uniform();
      const smoker = uniform() < 0.4 ? 1 : 0;
      const eta = (age - 55) / 15 + 0.6 * smoker + 0.2 * site;
      const time = -Math.log(uniform()) * 300 * Math.exp(-eta);
      const end = 500 * uniform();
      const kind = ['none', 'mild', 'severe'][Math.floor(3 * Math.min(0.999, uniform() * 0.6 + 0.1 * (eta + 2)))];
      const visits = Math.floor(-Math.log(uniform()) * Math.exp(0.4 * eta));
      const pressure = 120 + 6 * eta + 20 * (uniform() + uniform() + uniform() - 1.5);
      const cells = [age.toFixed(1), smoker, Math.min(time, end).toFixed(0), time <= end ? 1 : 0, kind, visits, pressure.toFixed(1)];
      return [...cells, i % 7 === 0 ? '' : uniform() < 0.3 ? 1 : 0].join(',');
    });
    return { id, name: id, csv: new TextEncoder().encode(`age,smoker,days,died,kind,visits,pressure,bleed\n${lines.join('\n')}\n`) };
  });
}

const run = (one: Plan, sites = hospitals()) => runOnce({ plan: one, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });

describe('a study', () => {
  it('of times to an event, with harms of other tasks', async () => {
    const { result, programme, predictions } = await run(
      plan(`  - { name: death, task: time-to-event, time: days, event: died, horizon: 365, intervals: 4 }
  - { name: visits, task: count, column: visits, role: harm }
  - { name: bleed, task: binary, column: bleed, positive: "bleed == 1", role: harm }`),
    );
    expect(Object.keys(programme.beside)).toEqual(['cox', 'harm:visits', 'harm:bleed']);
    expect(Object.values(programme.beside).every(({ converged }) => converged)).toBe(true);
    expect(programme.beside['harm:bleed']!.rows).toBeLessThan(programme.beside['harm:visits']!.rows);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-8);
    const federated = result.models.federated!.pooled;
    for (const name of ['concordanceWithin', 'integratedBrier', 'brierAtHorizon', 'observedExpected', 'n', 'events']) {
      expect(federated[name]).not.toBeNull();
      if (`${name}Live` in federated) expect(federated[`${name}Live`], name).toBeCloseTo(federated[name]!, 8);
    }
    expect(Math.abs(federated.concordanceBinnedLive! - federated.concordance!)).toBeLessThan(0.01);
    expect(federated.concordanceWithin).toBeGreaterThan(0.6);
    expect(result.models.cox!.pooled.concordanceWithinLive).toBeCloseTo(result.models.cox!.pooled.concordanceWithin!, 8);
    expect(predictions.every(({ scores }) => scores.federated! >= 0 && scores.federated! <= 1)).toBe(true);
    expect(JSON.stringify(result)).not.toContain('NaN');
  });

  it.each([
    [
      'classes',
      '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }',
      ['logLoss', 'brier', 'accuracy', 'aurocWithin@1'],
    ],
    [
      'a measured quantity',
      '{ name: pressure, task: regression, column: pressure, range: [60, 220] }',
      ['meanAbsoluteError', 'rSquared', 'coverage95'],
    ],
    ['counts', '{ name: visits, task: count, column: visits }', ['meanAbsoluteError', 'deviance', 'observedExpected']],
  ] as const)('of %s', async (_name, outcome, names) => {
    const { result } = await run(plan(`  - ${outcome}`));
    expect(result.coefficients.length).toBeGreaterThanOrEqual(3);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-7);
    const { pooled } = result.models.federated!;
    for (const name of names) expect(pooled[`${name}Live`], name).toBeCloseTo(pooled[name]!, 7);
    expect(result.models.central!.pooled[names[0]]).toBeCloseTo(pooled[names[0]]!, 8);
  });
});
