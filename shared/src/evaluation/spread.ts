/** Mean and spread of values that lie in one place. */

export const mean = (values: ArrayLike<number>): number => total(values, (value) => value) / values.length;

/** With n − 1; NaN for one value. */
export function sampleVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  return total(values, (value) => (value - centre) ** 2) / (values.length - 1);
}

export const errorOfMean = (values: ArrayLike<number>): number => Math.sqrt(sampleVariance(values) / values.length);

function total(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!);
  return sum;
}
