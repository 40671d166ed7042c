/** A network for images, from the pixels of a file to the pooled result. Oracle: what is in the images; a linear model cannot see it. */
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { expect, it } from 'vitest';
import { imageHospitals, imagePlan, SIDE } from '../../reference/images.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const MODEL = `model: { kind: cnn, width: ${SIDE}, height: ${SIDE}, channels: [4, 8], groups: 2 }`;
const FITTING = `${MODEL}
algorithm: { kind: fedavg, localEpochs: 3, batchSize: 16, learningRate: 0.2, optimizer: momentum }
personal: none
rounds: { count: 6 }`;

function planOf(fitting: string): Plan {
  const parsed = parsePlan(imagePlan(fitting), 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

it('tells upright from lying bars wherever they are; the exact fit beside it cannot', { timeout: 60_000 }, async () => {
  const { view } = await federateWithoutMasks(planOf(FITTING), { sites: imageHospitals(90), splitCsv: null }, { withSiteResults: false });
  const auroc = (label: string): number => {
    const model = view.results?.models[label];
    return model?.task === 'binary' ? (model.aurocWithin ?? Number.NaN) : Number.NaN;
  };
  expect(auroc('federated')).toBeGreaterThan(0.9);
  expect(auroc('exact')).toBeLessThan(0.7);
});

it.each([
  [FITTING.replace(`width: ${SIDE}`, 'width: 7'), 'an image of 7 by 8 has 56 pixels'],
  [FITTING.replace('groups: 2', 'groups: 3'), 'no multiple of groups: 3'],
  [`${MODEL}\nalgorithm: { kind: newton }`, 'which fits linear models only'],
  [`${FITTING}\npreprocess: { indicators: true }`, 'a pixel is never missing by itself'],
])('a plan that cannot be is refused: %#', (fitting, reason) => {
  expect(() => planOf(fitting)).toThrow(reason);
});
