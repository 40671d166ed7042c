/** Finished studies of every kind of model, with missing values and codes in words, for tests of what is written of them. */
import type { Predictions } from '@consilium/shared/evaluation';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { taskHospitals } from '../../reference/task-hospitals.ts';

export const sites = DEMO_PROFILES.slice(0, 3).map((profile) => ({ ...profile, patients: 220, missingShare: 0.08 }));
// Smoking is written in words, so that codes that are not numbers are tried too.
export const inWords = (csv: string): string =>
  csv
    .split('\n')
    .map((line, at) => {
      const cells = line.split(',');
      const words: Record<string, string> = { 0: 'never', 1: 'former', 2: 'current' };
      return at === 0 || cells.length < 2 ? line : cells.map((cell, column) => (column === 7 ? (words[cell] ?? cell) : cell)).join(',');
    })
    .join('\n');
export const files = makeCohort({ sites, seed: 5 }).sites.map(({ csv }) => inWords(csv));
export const linear = demoPlan('linear').replace(
  'codes: { 0: never, 1: former, 2: current }',
  'codes: { never: no, former: before, current: now }',
);
export const rounds = (model: string): string =>
  linear.replace('model: { kind: linear }', `model: ${model}`).replace(/algorithm: .*/, 'algorithm: { kind: fedavg }');

/** Hospitals with every task's outcome; some ages are missing. */
export const others = taskHospitals(220).map(({ csv }) =>
  new TextDecoder()
    .decode(csv)
    .split('\n')
    .map((line, at) => (at > 0 && at % 9 === 0 ? line.replace(/^[^,]*/, '') : line))
    .join('\n'),
);
export const ofTask = (outcome: string, fitting = 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 1 }'): string => `study: tasks
title: Every task
purpose: To write every task.
population: Made-up patients.
synthetic: true
outcomes: [${outcome}]
features:
  - { name: age, type: number, range: [0, 100] }
  - { name: smoker, type: binary }
split: { by: row, test: 0.3, validation: 0 }
${fitting}
`;
export const DIED = '{ name: death, task: time-to-event, time: days, event: died == 1, unit: d, horizon: 300 }';
export const KIND = '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }';
export const PRESSURE = '{ name: pressure, task: regression, column: pressure, unit: "mm[Hg]", range: [40, 260] }';
export const VISITS = '{ name: visits, task: count, column: visits, range: [0, 100] }';
export const mlp = 'model: { kind: mlp, hidden: [7], norm: layer }\nalgorithm: { kind: fedavg, fits: 5 }';

export const studies = {
  'logistic regression': linear,
  'logistic regression on values as they are': linear.replace('scale: federated', 'scale: none'),
  network: rounds('{ kind: mlp, hidden: [16, 8] }'),
  'network with layer normalisation': rounds('{ kind: mlp, hidden: [9, 5], norm: layer, dropout: 0.2 }'),
  'additive network': rounds('{ kind: additive, units: 4 }'),
  'hazard in intervals': ofTask(DIED),
  'hazard network': ofTask(DIED, mlp),
  'additive hazard network': ofTask(DIED, mlp.replace('mlp, hidden: [7], norm: layer', 'additive, units: 3')),
  'softmax regression': ofTask(KIND),
  'network for classes': ofTask(KIND, mlp),
  'linear regression': ofTask(PRESSURE),
  'Poisson regression': ofTask(VISITS),
  'network for a mean and its spread': ofTask(PRESSURE, mlp),
} as const;

/** What the page's own predictions say, row by row, in the order of `answerNames`. */
export function pageValues(predictions: Predictions): Float64Array {
  if (predictions.task === 'time-to-event') return predictions.survival.map((alive) => 1 - alive);
  if (predictions.task === 'regression' || predictions.task === 'count') return predictions.mean;
  if (predictions.task === 'multiclass' || predictions.task === 'binary') return predictions.probability;
  throw new TypeError(predictions.task);
}
