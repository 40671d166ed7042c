/** The demo's files as the files of invited hospitals, with a plan of few rounds. */
import { resolve } from 'node:path';

const demo = resolve(import.meta.dirname, import.meta.dirname.includes('dist') ? '../../..' : '../..', 'coordinator/demo');

export const DEMO_HOSPITALS = ['harbour', 'lakeside', 'northfield', 'st-alban'].map((name) => ({
  name,
  csv: resolve(demo, `${name}.csv`),
}));
export const DEMO_PLAN = resolve(demo, 'plan.yaml');

/** The demo plan with another number of update rounds and one small network. */
export const withRounds =
  (count: number) =>
  (text: string): string =>
    text
      .replace(/count: \d+/, `count: ${count}`)
      .replace(/localEpochs: \d+/, 'localEpochs: 1')
      .replace(/trainSeconds: \d+/, 'trainSeconds: 20')
      .replace(/fits: \d+/, 'fits: 1')
      .replace(/hidden: \[[^\]]*\]/, 'hidden: [4]');

/** The same with an exact fit that is given up after two steps, for studies that are not asked what they found: half the secure sums. */
export const withRoundsAlone =
  (count: number) =>
  (text: string): string =>
    withRounds(count)(text).replace(/^exact:.*$/m, 'exact: { ridge: 1, maxIterations: 2 }');

/** The demo plan as an exact fit only. */
export const asExactFit = (text: string): string =>
  text
    .replace(/^model:.*$/m, 'model: { kind: linear }')
    .replace(/^algorithm:\n(?: {2}.*\n)+/m, 'algorithm: { kind: newton, ridge: 1 }\n')
    .replace(/^exact:.*\n/m, '');
