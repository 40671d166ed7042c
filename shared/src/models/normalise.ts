/**
 * Normalisation of a layer's sums, forward and back: over the units of each row (layer), over the rows of each unit (batch).
 *
 * Rule: z = (a − mean) / √(variance + ε), out = scale · z + shift; variances divide by n. `group` walks whatever is normalised together:
 * one group is `count` values that lie `stride` apart.
 * Source: Ba et al. 2016 (layer); Ioffe and Szegedy 2015 (batch).
 */

export const NORM_EPSILON = 1e-5;

/** Writes z over the values of one group and returns 1 / √(variance + ε). */
export function standardiseGroup(values: Float64Array, start: number, count: number, stride: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[start + i * stride]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[start + i * stride]! - mean) ** 2;
  const inverse = 1 / Math.sqrt(squares / count + NORM_EPSILON);
  for (let i = 0; i < count; i++) values[start + i * stride] = (values[start + i * stride]! - mean) * inverse;
  return inverse;
}

/** From the derivative by z (in place) to the derivative by the values, for one group. */
export function standardiseGroupBack(
  z: Float64Array,
  error: Float64Array,
  start: number,
  count: number,
  stride: number,
  inverse: number,
): void {
  let sum = 0;
  let dot = 0;
  for (let i = 0; i < count; i++) {
    sum += error[start + i * stride]!;
    dot += error[start + i * stride]! * z[start + i * stride]!;
  }
  for (let i = 0; i < count; i++) {
    const at = start + i * stride;
    error[at] = inverse * (error[at]! - sum / count - (z[at]! * dot) / count);
  }
}
