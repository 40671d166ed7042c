/**
 * What a plan trains by rounds: the shape of its network (inputs are the columns of the design matrix, outputs follow from the task), the loss,
 * and what its outputs mean.
 */
import type { Predictions } from '../evaluation/index.ts';
import { boundedLogVariance, type LossSpec, type NetworkShape, sigmoid, softmaxProbabilities } from '../models/index.ts';
import { designColumns, type OutcomeScaling } from '../preparation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import { classWeightsOf } from './class-weights.ts';

/** What the first sum says of the outcomes, by name. */
type OutcomeScalings = { readonly [outcome: string]: OutcomeScaling };

/**
 * @param names - Names of the design columns in use, in order.
 * @param outcomes - From the scaling; only a hazard network needs them, for its intervals.
 * @throws TypeError for a plan that is fitted exactly.
 */
export function networkShape(plan: Plan, names: readonly string[], outcomes: OutcomeScalings = {}): NetworkShape {
  const { model, algorithm } = plan;
  if (algorithm.kind === 'newton') throw new TypeError('networkShape: expected a plan that trains by rounds');
  const inputs = names.length;
  const outputs = outputsOf(networkLoss(plan, outcomes));
  switch (model.kind) {
    case 'linear':
      return { inputs, hidden: [], outputs, start: model.start };
    case 'mlp':
      return { inputs, hidden: model.hidden, outputs, norm: model.norm, dropout: model.dropout };
    case 'additive':
      return { kind: 'additive', groups: columnGroups(plan, names), hidden: model.units, outputs };
    case 'cnn': {
      const { width, height, channels, groups } = model;
      const pixelOf = new Map(plan.features.map(({ name }, pixel) => [name, pixel]));
      return { kind: 'cnn', width, height, channels, groups, outputs, pixels: names.flatMap((name) => pixelOf.get(name) ?? []) };
    }
  }
}

/**
 * What the network is trained for. Time to event: a linear model by Cox's partial likelihood inside every site, a network by hazards in the
 * intervals of the exact hazard model.
 *
 * @throws TypeError for a count, which is fitted exactly only, and for a hazard whose intervals are not known.
 */
export function networkLoss(plan: Plan, outcomes: OutcomeScalings = {}): LossSpec {
  const outcome = primaryOutcome(plan);
  const known = outcomes[outcome.name];
  const isLinear = plan.model.kind === 'linear';
  switch (outcome.task) {
    case 'binary':
      return { kind: 'binary', classWeights: pair(classWeightsOf(plan, outcomes)) };
    case 'multiclass':
      return { kind: 'softmax', classes: outcome.codes.length, classWeights: classWeightsOf(plan, outcomes) ?? undefined };
    case 'regression': {
      const { mean, sd } = known?.task === 'regression' ? known : { mean: 0, sd: 1 };
      return { kind: isLinear ? 'squared' : 'gaussian', mean, sd };
    }
    case 'time-to-event':
      if (isLinear) return { kind: 'cox' };
      if (known?.task !== 'time-to-event') throw new TypeError('networkLoss: expected the intervals of the outcome');
      return { kind: 'hazard', cuts: known.cuts };
    case 'count':
      throw new TypeError('networkLoss: a count is fitted exactly only');
  }
}

/**
 * What a network's outputs say of rows.
 *
 * @param outputs - Row-major, from `networkOutputs`.
 */
export function networkPredictions(loss: LossSpec, outputs: Float64Array): Predictions {
  switch (loss.kind) {
    case 'binary':
      return { task: 'binary', probability: outputs.map(sigmoid) };
    case 'softmax':
      return { task: 'multiclass', classes: loss.classes, probability: softmaxProbabilities(outputs, loss.classes) };
    case 'gaussian': {
      const { mean = 0, sd = 1 } = loss;
      const rows = outputs.length / 2;
      const spread = (i: number): number => sd * Math.exp(0.5 * boundedLogVariance(outputs[2 * i + 1]!));
      return {
        task: 'regression',
        mean: Float64Array.from({ length: rows }, (_, i) => mean + sd * outputs[2 * i]!),
        sd: Float64Array.from({ length: rows }, (_, i) => spread(i)),
      };
    }
    case 'squared': {
      // No spread is learned: that of the outcome itself is what can be promised.
      const { mean = 0, sd = 1 } = loss;
      return { task: 'regression', mean: outputs.map((value) => mean + sd * value), sd: new Float64Array(outputs.length).fill(sd) };
    }
    case 'hazard': {
      const { cuts } = loss;
      const survival = new Float64Array(outputs.length);
      for (let at = 0; at < outputs.length; at++) {
        const before = at % cuts.length === 0 ? 1 : survival[at - 1]!;
        survival[at] = before * (1 - sigmoid(outputs[at]!));
      }
      return { task: 'time-to-event', cuts, survival };
    }
    case 'cox':
      return { task: 'ranking', score: outputs };
  }
}

const pair = (weights: readonly number[] | null): readonly [number, number] | undefined => {
  const [without, within] = weights ?? [];
  return without === undefined || within === undefined ? undefined : [without, within];
};

function outputsOf(loss: LossSpec): number {
  switch (loss.kind) {
    case 'softmax':
      return loss.classes;
    case 'gaussian':
      return 2;
    case 'hazard':
      return loss.cuts.length;
    default:
      return 1;
  }
}

/** How many of the columns in use belong to each feature, in order; features without one are left out. */
function columnGroups(plan: Plan, names: readonly string[]): number[] {
  const used = new Set(names);
  const counts = new Map<string, number>();
  for (const { name, feature } of designColumns(plan)) if (used.has(name)) counts.set(feature.name, (counts.get(feature.name) ?? 0) + 1);
  return [...counts.values()];
}
