/** The released model with its preprocessing: what a row in the hospital's own units needs to become a probability. */
import { networkShape } from '@consilium/shared/federation';
import { designNames } from '@consilium/shared/preparation';
import type { RunOutput } from '../runs/run-once.ts';

export function modelFile({ result, programme }: RunOutput): Record<string, unknown> {
  const { scaling, newton, network } = programme;
  return {
    planHash: result.planHash,
    kind: result.plan.model.kind,
    columns: scaling === null ? [] : designNames(result.plan, scaling),
    scaling,
    coefficients: newton?.coefficients ?? [],
    network:
      network === null || scaling === null
        ? null
        : { ...networkShape(result.plan, designNames(result.plan, scaling)), weights: Array.from(network.weights) },
  };
}
