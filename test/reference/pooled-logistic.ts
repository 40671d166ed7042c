/**
 * Logistic regression on rows in one place with a 0/1 column for every site, by iteratively reweighted least squares and Gaussian
 * elimination: the slow and obvious twin of fits with a profiled intercept. Nothing of the product is used.
 */
export interface PooledFit {
  /** Site columns first, then the design. */
  readonly coefficients: number[];
  /** Inverse of the (penalised) Hessian. */
  readonly inverse: number[][];
  readonly risks: number[];
}

export function pooledLogistic(
  design: readonly (readonly number[])[],
  y: readonly number[],
  site: readonly number[],
  options: { weight?: readonly number[]; penalties?: readonly number[] } = {},
): PooledFit {
  const sites = Math.max(...site) + 1;
  const rows = design.map((row, i) => [...Array.from({ length: sites }, (_, k) => Number(site[i] === k)), ...row]);
  const size = rows[0]!.length;
  const penalties = [...new Array<number>(sites).fill(0), ...(options.penalties ?? new Array<number>(size - sites).fill(0))];
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < 60; step++) {
    const { gradient, hessian } = derivatives(rows, y, beta, options.weight);
    penalties.forEach((value, j) => {
      gradient[j]! += value * beta[j]!;
      hessian[j]![j]! += value;
    });
    const inverse = invert(hessian);
    const move = inverse.map((row) => row.reduce((sum, value, j) => sum + value * gradient[j]!, 0));
    beta = beta.map((value, j) => value - move[j]!);
    if (Math.max(...move.map(Math.abs)) < 1e-12) break;
  }
  const { hessian } = derivatives(rows, y, beta, options.weight);
  penalties.forEach((value, j) => {
    hessian[j]![j]! += value;
  });
  return { coefficients: beta, inverse: invert(hessian), risks: rows.map((row) => risk(row, beta)) };
}

/** Rao's score test of further columns at a fit without them: U' (I / I_fitted) ^-1 U over the whole information matrix. */
export function pooledScoreTest(
  design: readonly (readonly number[])[],
  tested: readonly (readonly number[])[],
  y: readonly number[],
  site: readonly number[],
): number {
  const { coefficients } = pooledLogistic(design, y, site);
  const sites = Math.max(...site) + 1;
  const rows = design.map((row, i) => [...Array.from({ length: sites }, (_, k) => Number(site[i] === k)), ...row, ...tested[i]!]);
  const beta = [...coefficients, ...tested[0]!.map(() => 0)];
  const { gradient, hessian } = derivatives(rows, y, beta, undefined);
  const inverse = invert(hessian);
  return gradient.reduce((sum, a, i) => sum + a * inverse[i]!.reduce((inner, value, j) => inner + value * gradient[j]!, 0), 0);
}

const risk = (row: readonly number[], beta: readonly number[]): number =>
  1 / (1 + Math.exp(-row.reduce((sum, value, j) => sum + value * beta[j]!, 0)));

function derivatives(rows: readonly (readonly number[])[], y: readonly number[], beta: readonly number[], weight?: readonly number[]) {
  const size = beta.length;
  const gradient = new Array<number>(size).fill(0);
  const hessian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  rows.forEach((row, i) => {
    const w = weight?.[i] ?? 1;
    const p = risk(row, beta);
    for (let a = 0; a < size; a++) {
      if (row[a] === 0) continue;
      gradient[a]! += w * (p - y[i]!) * row[a]!;
      const scaled = w * p * (1 - p) * row[a]!;
      const into = hessian[a]!;
      for (let b = 0; b < size; b++) into[b]! += scaled * row[b]!;
    }
  });
  return { gradient, hessian };
}

/** Gauss-Jordan with partial pivoting. */
export function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => Number(i === j))]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(work[row]![column]!) > Math.abs(work[best]![column]!)) best = row;
    [work[column], work[best]] = [work[best]!, work[column]!];
    const pivot = work[column]![column]!;
    work[column] = work[column]!.map((value) => value / pivot);
    for (let row = 0; row < size; row++) {
      const factor = work[row]![column]!;
      if (row === column || factor === 0) continue;
      work[row] = work[row]!.map((value, j) => value - factor * work[column]![j]!);
    }
  }
  return work.map((row) => row.slice(size));
}
