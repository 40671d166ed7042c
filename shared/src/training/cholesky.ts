/**
 * Cholesky factor of a symmetric positive definite matrix, with + − × ÷ √ only, so that every site computes the same bytes.
 * Source: Golub and Van Loan, "Matrix Computations", 4.2.
 */

export interface CholeskyFactor {
  readonly size: number;
  /** Lower triangular factor, row-major, shape (size, size). */
  readonly lower: Float64Array;
  /** Least squared diagonal entry of the factor. */
  readonly smallestPivot: number;
  /** Least of those over the diagonal entry of A it came from, in (0, 1]: what a column holds that those before it do not. */
  readonly smallestShare: number;
}

/** Position of entry (row, column), row ≤ column, in an upper triangle packed row by row. */
export function packedIndex(size: number, row: number, column: number): number {
  return row * size - (row * (row - 1)) / 2 + (column - row);
}

/**
 * Factors A = L·Lᵀ.
 *
 * @param packed - Upper triangle of A, packed row by row, shape (size·(size + 1) / 2,).
 * @returns The factor, or null when A is not positive definite.
 */
export function cholesky(packed: ArrayLike<number>, size: number): CholeskyFactor | null {
  const lower = new Float64Array(size * size);
  let smallestPivot = Number.POSITIVE_INFINITY;
  let smallestShare = 1;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = packed[packedIndex(size, j, i)]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (j < i) lower[i * size + j] = sum / lower[j * size + j]!;
      else {
        if (!(sum > 0)) return null;
        smallestPivot = Math.min(smallestPivot, sum);
        smallestShare = Math.min(smallestShare, sum / packed[packedIndex(size, i, i)]!);
        lower[i * size + i] = Math.sqrt(sum);
      }
    }
  }
  return { size, lower, smallestPivot, smallestShare };
}

/** Solves A·x = b from the factor of A. Returns x, shape (size,). */
export function choleskySolve(factor: CholeskyFactor, b: ArrayLike<number>): Float64Array {
  const { size, lower } = factor;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  return x;
}

/** The inverse of A from its factor, row-major, shape (size, size). */
export function choleskyInverse(factor: CholeskyFactor): Float64Array {
  const { size } = factor;
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    const x = choleskySolve(factor, unit);
    for (let row = 0; row < size; row++) inverse[row * size + column] = x[row]!;
  }
  return inverse;
}
