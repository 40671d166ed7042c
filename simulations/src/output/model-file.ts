/** The released model with its preprocessing: what a row in the hospital's own units needs to become a probability. */
import { designNames } from '@consilium/shared/preparation';
import type { RunOutput } from '../runs/run-once.ts';

export function modelFile({ result, programme }: RunOutput): Record<string, unknown> {
  const { scaling, newton, network } = programme;
  const { model } = result.plan;
  return {
    planHash: result.planHash,
    kind: model.kind,
    columns: scaling === null ? [] : designNames(result.plan, scaling),
    scaling,
    coefficients: newton?.coefficients ?? [],
    network: network === null ? null : { ...model, weights: Array.from(network.weights) },
  };
}
