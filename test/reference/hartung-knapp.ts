/** Random effects from the textbook: DerSimonian and Laird's τ², the interval of Hartung and Knapp, the prediction interval of Higgins et al. 2009. Six hospitals. */

/** t quantiles from tables: 97.5 % for 5 and 4 degrees of freedom. */
const T5 = 2.5705818366;
const T4 = 2.7764451052;

export interface Figure {
  readonly value: number;
  readonly variance: number;
}

export function randomEffects(figures: readonly Figure[]) {
  if (figures.length !== 6) throw new RangeError(`randomEffects: written for six hospitals, got ${figures.length}`);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const w = figures.map(({ variance }) => 1 / variance);
  const fixed = sum(figures.map(({ value }, i) => w[i]! * value)) / sum(w);
  const q = sum(figures.map(({ value }, i) => w[i]! * (value - fixed) ** 2));
  const tau = Math.max(0, (q - 5) / (sum(w) - sum(w.map((x) => x * x)) / sum(w)));
  const v = figures.map(({ variance }) => 1 / (variance + tau));
  const middle = sum(figures.map(({ value }, i) => v[i]! * value)) / sum(v);
  const error = sum(figures.map(({ value }, i) => v[i]! * (value - middle) ** 2)) / 5 / sum(v);
  return { middle, tau, low: middle - T5 * Math.sqrt(error), wide: middle + T4 * Math.sqrt(tau + error) };
}
