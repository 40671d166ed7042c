/**
 * The gain of a hospital with one split; `pnpm studies gain` runs forty. Oracle: numpy 2.4.6 (RandomState(1000).permutation by hospital and
 * class, Newton on the pooled rows, λ = 1 on columns scaled by the training rows).
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawTraining, gains, leftOut, type Patient } from './gain.ts';

const HEART = '../shared/data/heart-disease';
const isAbsent = !existsSync(HEART);
if (isAbsent) console.warn('the test of what a hospital gains is skipped: ../shared/data is not there');

/** Federated AUROC and log-loss on the test patients of the first split. */
const FIRST_SPLIT = {
  cleveland: [0.8863981762917933, 0.42490251000929874],
  hungarian: [0.8688705234159779, 0.42754224292993387],
  'va-long-beach': [0.7941176470588235, 0.4561528346216141],
} as const;

describe.skipIf(isAbsent)('what a hospital gains', () => {
  it('is told by the splits and the fits of the reference', async () => {
    const found = await gains(HEART, 1);
    expect(found.map(({ site }) => site)).toEqual(Object.keys(FIRST_SPLIT));
    for (const { site, federated, local } of found) {
      const [auroc, logLoss] = FIRST_SPLIT[site as keyof typeof FIRST_SPLIT];
      expect(federated.auroc).toBeCloseTo(auroc, 10);
      expect(federated.logLoss).toBeCloseTo(logLoss, 6);
      expect(local.logLoss).not.toBeCloseTo(logLoss, 3);
    }
  });

  it('is an own intercept where a hospital has one healthy patient: the healthy one left out is scored by all others', async () => {
    const { federated, personal } = await leftOut(HEART, 'switzerland', ({ hasDisease }) => !hasDisease);
    expect(federated).toBeCloseTo(0.5630813419704148, 6);
    // The hospital's other patients are all ill: its own intercept makes the healthy one more surprising.
    expect(personal).toBeGreaterThan(2);
  });
});

it('66 of 100 patients of each class train', () => {
  const patients = Array.from({ length: 150 }, (_, row): Patient => ({ site: 'a', row, hasDisease: row % 3 === 0 }));
  const training = [...drawTraining(patients, 1000)];
  expect(training.filter(({ hasDisease }) => hasDisease)).toHaveLength(33);
  expect(training).toHaveLength(99);
});
