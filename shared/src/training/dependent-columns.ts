/**
 * Which parameters of a fit without a single answer follow from those before them, so that a person can be told which column to drop.
 * Source: Golub and Van Loan, "Matrix Computations", 5.4 (rank by a factorisation that passes over dependent columns).
 */
import { packedIndex } from './cholesky.ts';
import { type NewtonState, SINGULAR_SHARE } from './newton.ts';

/** Positions among the fit's parameters. `on` is empty where the parameter tells nothing by itself either. */
export interface Dependence {
  readonly parameter: number;
  readonly on: readonly number[];
}

/** Share of a parameter's length, through another one, below which the other has no part in it. */
const NO_PART = 1e-4;

/**
 * @param state - A fit that ended as singular, with its last Hessian.
 * @returns In the order of the parameters; empty for every other fit.
 */
export function dependences({ size, information, failure }: Pick<NewtonState, 'size' | 'information' | 'failure'>): readonly Dependence[] {
  if (failure !== 'singular' || information === null) return [];
  const entry = (a: number, b: number): number => information[packedIndex(size, Math.min(a, b), Math.max(a, b))]!;
  const kept: { readonly parameter: number; readonly row: readonly number[] }[] = [];
  const found: Dependence[] = [];
  for (let parameter = 0; parameter < size; parameter++) {
    // The factor's next row, as if only the kept parameters and this one were there.
    const row: number[] = [];
    for (const [j, other] of kept.entries()) {
      const sum = row.reduce((rest, value, k) => rest - value * other.row[k]!, entry(other.parameter, parameter));
      row.push(sum / other.row[j]!);
    }
    const own = entry(parameter, parameter);
    const pivot = row.reduce((rest, value) => rest - value * value, own);
    if (own > 0 && pivot > SINGULAR_SHARE * own) kept.push({ parameter, row: [...row, Math.sqrt(pivot)] });
    else found.push({ parameter, on: own > 0 ? partsOf(row, own) : [] });
  }
  return found;

  /** Those of the kept parameters of which this one is made. */
  function partsOf(row: readonly number[], own: number): number[] {
    const weights = [...row];
    for (let j = weights.length - 1; j >= 0; j--) {
      for (let k = j + 1; k < weights.length; k++) weights[j] = weights[j]! - kept[k]!.row[j]! * weights[k]!;
      weights[j] = weights[j]! / kept[j]!.row[j]!;
    }
    return kept.flatMap(({ parameter }, j) =>
      Math.abs(weights[j]!) * Math.sqrt(entry(parameter, parameter)) > NO_PART * Math.sqrt(own) ? [parameter] : [],
    );
  }
}
