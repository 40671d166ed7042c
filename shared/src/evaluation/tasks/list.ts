/** Every task's evaluation, one line each; binary outcomes have theirs in site-evaluation.ts. */
import type { Predictions, Truth } from '../predictions.ts';
import { count } from './count.ts';
import { multiclass } from './multiclass.ts';
import { ranking } from './ranking.ts';
import { regression } from './regression.ts';
import type { OutcomeShape, PredictionsOf, ShapeOf, TaskEvaluation, TaskOptions, TaskReading } from './task-evaluation.ts';
import { timeToEvent } from './time-to-event.ts';

type OtherTask = Exclude<OutcomeShape['task'], 'binary'>;

const EVALUATIONS: { readonly [Task in OtherTask]: TaskEvaluation<Task> } = {
  multiclass,
  regression,
  count,
  ranking,
  'time-to-event': timeToEvent,
};

const evaluationOf = <Task extends OtherTask>(task: Task): TaskEvaluation<Task> => EVALUATIONS[task] as unknown as TaskEvaluation<Task>;

/** Options of any task but a binary one. */
export type OtherOptions = TaskOptions<Exclude<OutcomeShape, { task: 'binary' }>>;

/** Names of the entries, in order. */
export const taskNames = (options: OtherOptions): readonly string[] =>
  evaluationOf(options.shape.task).names(options as TaskOptions<ShapeOf<OtherTask>> as never);

/** One site's part. @throws TypeError when the predictions are of another task. */
export function taskSums(predictions: Predictions, truth: Truth, options: OtherOptions): Float64Array {
  if (predictions.task !== options.shape.task) {
    throw new TypeError(`taskSums: expected predictions of ${options.shape.task}, got ${predictions.task}`);
  }
  return evaluationOf(options.shape.task).sums(predictions as PredictionsOf<OtherTask> as never, truth, options as never);
}

/** What a sum says. @throws RangeError on another length. */
export function readTask(sums: ArrayLike<number>, options: OtherOptions): TaskReading {
  const names = taskNames(options);
  if (sums.length !== names.length) throw new RangeError(`readTask: expected ${names.length} entries, got ${sums.length}`);
  return evaluationOf(options.shape.task).read(new Map(names.map((name, index) => [name, sums[index]!])), options as never);
}
