/**
 * The part of each input in a difference of outputs, for models that do not add: an approximation by gradients along the way.
 *
 * Source: Sundararajan, Taly and Yan 2017, arXiv 1703.01365 (integrated gradients).
 */

/** Points on the way from the reference to the patient. */
const GRADIENT_STEPS = 64;
const DIFFERENCE = 1e-5;

/**
 * The mean gradient on the straight way from the reference, times the way.
 *
 * @returns Shape of `x`; adds up to output(x) − output(reference), but for the numeric error of the way's steps.
 */
export function integratedGradients(output: (x: Float64Array) => number, x: Float64Array, reference: Float64Array): Float64Array {
  return x.map((value, j) => {
    const way = value - reference[j]!;
    if (way === 0) return 0;
    let total = 0;
    for (let step = 0; step < GRADIENT_STEPS; step++) {
      const share = (step + 0.5) / GRADIENT_STEPS;
      const point = reference.map((from, k) => from + share * (x[k]! - from));
      const at = (change: number): number => output(point.with(j, point[j]! + change));
      total += (at(DIFFERENCE) - at(-DIFFERENCE)) / (2 * DIFFERENCE);
    }
    return (way * total) / GRADIENT_STEPS;
  });
}
