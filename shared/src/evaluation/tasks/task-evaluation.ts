/**
 * The evaluation of one task: what a site adds to the one sum over test rows, and what the sum says. Adding a task costs a file, its
 * test and one line in list.ts.
 *
 * Rule: an entry named `events:…`, `nonEvents:…` or `both:…` is filled only by sites with enough patients of those classes, and emptied
 * before masking where too few sites would fill it.
 */
import type { CalibrationPoint } from '../calibration-curve.ts';
import type { Interval } from '../intervals.ts';
import type { Predictions, Truth } from '../predictions.ts';

export type OutcomeShape =
  | { readonly task: 'binary' }
  | { readonly task: 'multiclass'; readonly classes: number }
  | { readonly task: 'regression'; readonly range: readonly [number, number] }
  | { readonly task: 'count'; readonly most: number }
  | { readonly task: 'time-to-event'; readonly cuts: readonly number[]; readonly longest: number }
  /** Scores without a scale, judged against times to an event. */
  | { readonly task: 'ranking'; readonly horizon: number; readonly longest: number };

export interface TaskOptions<Shape extends OutcomeShape = OutcomeShape> {
  readonly bins: number;
  readonly thresholds: readonly number[];
  readonly smallestCell: number;
  readonly shape: Shape;
}

export type ShapeOf<Task extends OutcomeShape['task']> = Extract<OutcomeShape, { readonly task: Task }>;
export type PredictionsOf<Task extends OutcomeShape['task']> = Extract<Predictions, { readonly task: Task }>;

export interface SurvivalCurves {
  readonly times: readonly number[];
  /** Observed, Kaplan-Meier on a grid of sums. */
  readonly observed: readonly number[];
}

/** What a sum says; null where undefined. */
export interface TaskReading {
  readonly n: number;
  /** Events, or patients outside the reference class, or all events of a count. */
  readonly events: number;
  /** By name, in the order they are shown; units in docs/glossary.md. */
  readonly measures: { readonly [name: string]: number | null };
  /** 95 % intervals of those measures that have one. */
  readonly intervals: { readonly [name: string]: Interval };
  readonly informativeSites: number;
  readonly calibration: readonly CalibrationPoint[];
  readonly survival: SurvivalCurves | null;
}

export interface TaskEvaluation<Task extends OutcomeShape['task']> {
  readonly task: Task;
  names(options: TaskOptions<ShapeOf<Task>>): readonly string[];
  /** One site's part, in the order of `names`; zeros without rows. */
  sums(predictions: PredictionsOf<Task>, truth: Truth, options: TaskOptions<ShapeOf<Task>>): Float64Array;
  read(sums: ReadonlyMap<string, number>, options: TaskOptions<ShapeOf<Task>>): TaskReading;
}

/** Collects named entries; an unknown name is a mistake of ours. */
export function collector(names: readonly string[]) {
  const at = new Map(names.map((name, index) => [name, index]));
  const sums = new Float64Array(names.length);
  return {
    sums,
    add(name: string, value: number): void {
      const index = at.get(name);
      if (index === undefined) throw new RangeError(`evaluation: no entry ${name}`);
      sums[index] = sums[index]! + value;
    },
  };
}

export const ratio = (above: number, below: number): number | null => (below > 0 ? above / below : null);
export const entryOf = (sums: ReadonlyMap<string, number>, name: string): number => sums.get(name) ?? 0;
