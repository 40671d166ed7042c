/** The part of each design column in a difference of outputs, whatever the output adds over. */
import type { Forecast } from './forecast.ts';
import { integratedGradients } from './integrated-gradients.ts';

export interface ColumnParts {
  readonly kind: Forecast['reasons']['kind'];
  /** Shape of the design. */
  readonly parts: Float64Array;
}

/**
 * @param isAdditive - Whether the output is a sum over the columns; then a column's part is its own difference, else an approximation.
 * @returns Parts that add up to output(x) − output(average); for an output that does not add, but for the approximation's error.
 */
export function columnParts(output: (x: Float64Array) => number, x: Float64Array, average: Float64Array, isAdditive: boolean): ColumnParts {
  if (!isAdditive) return { kind: 'integrated-gradients', parts: integratedGradients(output, x, average) };
  const at = output(average);
  return { kind: 'exact', parts: x.map((value, j) => (value === average[j] ? 0 : output(average.with(j, value)) - at)) };
}

/** The log odds of one class against another, for the parts that decide between them; a probability of a network may round to 0. */
export const oddsBetween =
  ([one, other]: readonly [number, number]) =>
  (probabilities: readonly number[]): number =>
    logOf(probabilities[one]!) - logOf(probabilities[other]!);

const logOf = (probability: number): number => Math.log(Math.max(probability, Number.MIN_VALUE));
