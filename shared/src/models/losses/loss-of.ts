/** Every loss the product knows. To add one: its file, its test, one line here. */
import { binaryLoss } from './binary.ts';
import { coxLoss } from './cox.ts';
import { gaussianLoss } from './gaussian.ts';
import { hazardLoss } from './hazard.ts';
import type { Loss, OutcomeScale } from './loss.ts';
import { softmaxLoss } from './softmax.ts';
import { squaredLoss } from './squared.ts';

export type LossSpec =
  | { readonly kind: 'binary'; readonly classWeights?: readonly [number, number] | undefined }
  | { readonly kind: 'softmax'; readonly classes: number; readonly classWeights?: readonly number[] | undefined }
  | ({ readonly kind: 'gaussian' } & OutcomeScale)
  | ({ readonly kind: 'squared' } & OutcomeScale)
  | { readonly kind: 'hazard'; readonly cuts: readonly number[] }
  | { readonly kind: 'cox' };

export function lossOf(spec: LossSpec): Loss {
  switch (spec.kind) {
    case 'binary':
      return binaryLoss(spec.classWeights);
    case 'softmax':
      return softmaxLoss(spec.classes, spec.classWeights);
    case 'gaussian':
      return gaussianLoss(spec);
    case 'squared':
      return squaredLoss(spec);
    case 'hazard':
      return hazardLoss(spec.cuts);
    case 'cox':
      return coxLoss;
  }
}
