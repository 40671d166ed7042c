/**
 * Intervals by resampling the cells of a summed table: a multinomial draw of as many patients over bin × arm × outcome.
 * Source: Efron and Tibshirani 1993, §6.5; a multinomial as binomials in turn (Devroye 1986, XI.1.4).
 */
import type { BenefitBin } from './benefit-cells.ts';

/** A table with the same number of patients, drawn from the cells' shares. Weights keep each cell's mean. */
export function resampleCells(bins: readonly BenefitBin[], uniform: () => number): BenefitBin[] {
  let left = bins.reduce((sum, { patients }) => sum + patients, 0);
  let mass = left;
  return bins.map((bin) => {
    const weight = bin.cells[0] + bin.cells[1] + bin.cells[2] + bin.cells[3];
    const cells: [number, number, number, number] = [0, 0, 0, 0];
    let patients = 0;
    for (let k = 0; k < 4; k++) {
      const value = bin.cells[k]!;
      if (!(value > 0 && mass > 0)) continue;
      // Patients in the cell, as far as weights tell.
      const share = (bin.patients * value) / weight;
      const drawn = binomial(left, Math.min(1, share / mass), uniform);
      left -= drawn;
      mass -= share;
      patients += drawn;
      cells[k] = (value * drawn) / share;
    }
    return { cells, patients, predicted: bin.patients > 0 ? (bin.predicted * patients) / bin.patients : 0 };
  });
}

/** Bins as one: for figures that depend on their sum alone. */
export function mergedBin(bins: readonly BenefitBin[]): BenefitBin {
  const sum = (value: (bin: BenefitBin) => number): number => bins.reduce((total, bin) => total + value(bin), 0);
  return {
    cells: [sum(({ cells }) => cells[0]), sum(({ cells }) => cells[1]), sum(({ cells }) => cells[2]), sum(({ cells }) => cells[3])],
    predicted: sum(({ predicted }) => predicted),
    patients: sum(({ patients }) => patients),
  };
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
  const filled = bins.filter(({ patients }) => patients > 0);
  for (let draw = 0; draw < repeats; draw++) {
    const value = figure(resampleCells(filled, uniform));
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
