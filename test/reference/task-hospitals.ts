/** Four made-up hospitals with an outcome of every task, and plans for them. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';

const EXACT = `model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }`;

export const taskPlan = (outcomes: string, more = '', fitting = EXACT): Plan => {
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
${fitting}
evaluation: { bins: 100, smallestCell: 2 }
${more}`,
    'plan.yaml',
  );
  if (!read.ok) throw new Error(formatPlanErrors(read.errors));
  return read.plan;
};

export function taskHospitals(rows = 90): SiteInput[] {
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
