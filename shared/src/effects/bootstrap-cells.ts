/**
 * Intervals by resampling the cells of a summed table: a multinomial draw of as many patients over bin × arm × outcome.
 * Source: Efron and Tibshirani 1993, §6.5; a multinomial as binomials in turn (Devroye 1986, XI.1.4).
 */
import type { BenefitBin } from './benefit-cells.ts';

/** A table with the same number of patients, drawn from the cells' shares. Weights keep each cell's mean. */
export function resampleCells(bins: readonly BenefitBin[], uniform: () => number): BenefitBin[] {
  const shares = bins.map(({ cells, patients }) => {
    const weight = cells.reduce((sum, value) => sum + value, 0);
    return cells.map((value) => (weight > 0 ? (patients * value) / weight : 0));
  });
  let left = Math.round(shares.flat().reduce((sum, value) => sum + value, 0));
  let mass = left;
  return bins.map((bin, i) => {
    const drawn = shares[i]!.map((share) => {
      const count = share > 0 && mass > 0 ? binomial(left, Math.min(1, share / mass), uniform) : 0;
      left -= count;
      mass -= share;
      return count;
    });
    const cells = bin.cells.map((value, k) => (shares[i]![k]! > 0 ? (value * drawn[k]!) / shares[i]![k]! : 0));
    const patients = drawn.reduce((sum, value) => sum + value, 0);
    const [a = 0, b = 0, c = 0, d = 0] = cells;
    return { cells: [a, b, c, d] as const, patients, predicted: bin.patients > 0 ? (bin.predicted * patients) / bin.patients : 0 };
  });
}

/**
 * Percentile interval of a figure of the table.
 *
 * @param repeats - At least 100.
 * @returns 2.5 % and 97.5 % points over the draws in which the figure exists; null where it exists in fewer than half.
 */
export function cellInterval(
  bins: readonly BenefitBin[],
  figure: (bins: readonly BenefitBin[]) => number | null,
  uniform: () => number,
  repeats = 1000,
): readonly [number, number] | null {
  const values: number[] = [];
  for (let draw = 0; draw < repeats; draw++) {
    const value = figure(resampleCells(bins, uniform));
    if (value !== null) values.push(value);
  }
  if (values.length < repeats / 2) return null;
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
  return [at(0.025), at(0.975)];
}

/** Inversion where few are expected, else the normal approximation. */
function binomial(trials: number, probability: number, uniform: () => number): number {
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomial(trials, 1 - probability, uniform);
  const mean = trials * probability;
  if (mean > 100) {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.min(trials, Math.max(0, Math.round(mean + normal * Math.sqrt(mean * (1 - probability)))));
  }
  let chance = (1 - probability) ** trials;
  let rest = uniform();
  let count = 0;
  while (rest > chance && count < trials) {
    rest -= chance;
    chance *= ((trials - count) / (count + 1)) * (probability / (1 - probability));
    count += 1;
  }
  return count;
}
