import { fedAdam, meanUpdate } from '@consilium/shared/aggregation';
import { auroc } from '@consilium/shared/evaluation';
import { initMlp, predictLogistic, predictMlp, type Rows } from '@consilium/shared/models';
import { parsePlan } from '@consilium/shared/study';
import { fitLogistic, localUpdate } from '@consilium/shared/training';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { expect, it } from 'vitest';
import { seededUniform } from '../../reference/made-rows.ts';
import { prepareSites } from './prepared.ts';

function joined(parts: readonly Rows[]): Rows {
  return {
    x: Float64Array.from(parts.flatMap((part) => Array.from(part.x))),
    y: Float64Array.from(parts.flatMap((part) => Array.from(part.y))),
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    width: parts[0]!.width,
  };
}

it('the demo network finds in ten rounds what no line can, on patients it has not seen', async () => {
  const result = parsePlan(demoPlan('mlp'), 'demo.yaml');
  if (!result.ok || result.plan.model.kind !== 'mlp' || result.plan.algorithm.kind !== 'fedadam')
    throw new Error('expected the network plan');
  const { plan } = result;
  const { algorithm, model, rounds } = { ...plan, algorithm: result.plan.algorithm, model: result.plan.model };
  const sites = prepareSites(plan, makeCohort({ sites: DEMO_PROFILES, seed: 1 }).sites).map(({ prepared }) => prepared);
  const shape = { inputs: sites[0]!.width, hidden: model.hidden };
  const uniform = seededUniform(7);
  let weights: Float64Array = initMlp(shape, uniform);
  let state = fedAdam.init(weights.length, algorithm.server);
  for (let round = 0; round < rounds.count; round++) {
    const sum = new Float64Array(weights.length);
    let rows = 0;
    for (const { train } of sites) {
      const { delta } = await localUpdate({ shape, weights, rows: train, config: algorithm, uniform, backend: 'plain' });
      for (const [i, value] of delta.entries()) sum[i] = sum[i]! + train.rows * value;
      rows += train.rows;
    }
    ({ state, weights } = fedAdam.step(state, weights, meanUpdate(sum, rows), algorithm.server));
  }
  const test = joined(sites.map((site) => site.test));
  const line = auroc(predictLogistic(fitLogistic(joined(sites.map((site) => site.train)), 1).coefficients, test), test.y)!;
  const network = auroc(predictMlp(shape, weights, test), test.y)!;
  expect(line).toBeGreaterThan(0.65);
  expect(network).toBeGreaterThan(line + 0.04);
});
