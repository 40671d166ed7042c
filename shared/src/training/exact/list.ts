/** Every exact model, one line each. */
import type { Rows } from '../../models/index.ts';
import { cox } from './cox.ts';
import type { ExactKind, ExactModel, ExactSpec, FitShape, SpecOf } from './exact-model.ts';
import { hazard } from './hazard.ts';
import { linear } from './linear.ts';
import { logistic } from './logistic.ts';
import { poisson } from './poisson.ts';
import { softmax } from './softmax.ts';
import { softmaxBound } from './softmax-bound.ts';

const MODELS: { readonly [Kind in ExactKind]: ExactModel<Kind> } = {
  logistic,
  softmax,
  'softmax-bound': softmaxBound,
  linear,
  poisson,
  hazard,
  cox,
};

/** A model bound to its specification. */
export interface BoundModel {
  readonly spec: ExactSpec;
  shape(width: number): FitShape;
  names(columns: readonly string[]): readonly string[];
  /** @param isFirst - Of a fit; true when absent. */
  sums(rows: Rows, parameters: readonly number[], isFirst?: boolean): Float64Array;
  readonly bound: number;
}

/** The model of a specification. */
export function exactModel<Kind extends ExactKind>(spec: SpecOf<Kind>): BoundModel {
  const model = MODELS[spec.kind] as unknown as ExactModel<Kind>;
  return {
    spec,
    shape: (width) => model.shape(spec, width),
    names: (columns) => model.names(spec, columns),
    sums: (rows, parameters, isFirst = true) => model.sums(spec, rows, parameters, isFirst),
    bound: model.bound(spec),
  };
}
