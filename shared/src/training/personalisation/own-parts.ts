/**
 * What FedPer and FedBN share: a part of the network that is a site's own from the first round on. It is trained in the rounds with the rest,
 * never sent, and after the last round trained once more under the final shared part, so that a reload loses nothing.
 */
import { entriesOf, networkOf, networkOutputs, type TensorPart } from '../../models/index.ts';
import { trained } from './own-weights.ts';
import { type Personalisation, unchanged } from './personalisation.ts';

/** Passes over the training rows for the own part under the final shared part. */
const PASSES = 30;

export function ownParts(kind: string, own: TensorPart): Personalisation {
  return {
    kind,
    needsNetwork: true,
    fit: (input) => {
      const { shape, train, stream } = input;
      if (train.rows === 0) return unchanged('This hospital has no training rows to train its own part on.');
      const shared = (['body', 'norm', 'head'] as const).filter((part) => part !== own);
      const frozen = entriesOf(networkOf(shape).tensors, shared);
      const weights = trained(input, train, frozen, { passes: PASSES, proximal: 0 }, stream('own part'));
      return { model: (rows) => networkOutputs(shape, weights, rows), weights, note: null };
    },
  };
}
