/** A small study with four hospitals of random patients whose outcome depends on two of three features. */
import { randomStream } from '@consilium/shared/crypto';

export const PLAN_TEXT = `
study: small-demo
title: A small study
purpose: Show that the coordinator carries a study from the first tab to the result.
population: Patients made up for this test.
synthetic: true
outcomes:
  - { name: event, task: binary, column: event, positive: event > 0 }
features:
  - { name: age, type: number, unit: years, range: [20, 100] }
  - { name: pressure, type: number, unit: mmHg, range: [80, 220] }
  - { name: smoker, type: binary }
split: { by: row, test: 0.2, validation: 0.1, seed: 1 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
rounds: { quorum: 3, joinSeconds: 20, trainSeconds: 60, answerSeconds: 20 }
`;

const NAMES = { north: 'North Hospital', east: 'East Hospital', south: 'South Hospital', west: 'West Hospital' };

/** One site's file: 120 rows, the same at every call. */
function csvOf(id: string): string {
  const stream = randomStream(new Uint8Array(32).fill(id.charCodeAt(0)));
  const rows = Array.from({ length: 120 }, () => {
    const age = 30 + Math.floor(stream.uniform() * 60);
    const pressure = 100 + Math.floor(stream.uniform() * 80);
    const smoker = stream.below(2);
    const risk = 1 / (1 + Math.exp(-(0.06 * (age - 60) + 0.9 * (smoker - 0.5))));
    return [age, pressure, smoker, stream.uniform() < risk ? 1 : 0].join(',');
  });
  return `age,pressure,smoker,event\n${rows.join('\n')}\n`;
}

export const DEMO = {
  planText: PLAN_TEXT,
  planFileName: 'plan.yaml',
  sites: Object.entries(NAMES).map(([id, name]) => ({ id, name, csv: csvOf(id) })),
};
