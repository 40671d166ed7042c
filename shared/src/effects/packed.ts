/** Symmetric matrices as packed upper triangles, row by row: places, parts, and products of dense ones. */

/** Position of entry (a, b), in either order. */
export function packedIndex(size: number, a: number, b: number): number {
  const row = Math.min(a, b);
  return row * size - (row * (row - 1)) / 2 + (Math.max(a, b) - row);
}

/** The symmetric part of the listed rows and columns, packed. */
export function subMatrix(packed: ArrayLike<number>, size: number, indices: readonly number[]): number[] {
  return indices.flatMap((a, i) => indices.slice(i).map((b) => packed[packedIndex(size, a, b)]!));
}

/** Row-major full matrix, shape (size, size). */
export function unpacked(packed: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => packed[packedIndex(size, Math.floor(at / size), at % size)]!);
}

/** A·B of two square row-major matrices. */
export function product(a: ArrayLike<number>, b: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const row = Math.floor(at / size);
    const column = at % size;
    let sum = 0;
    for (let k = 0; k < size; k++) sum += a[row * size + k]! * b[k * size + column]!;
    return sum;
  });
}

/** vᵀ·M·v of a square row-major matrix. */
export function quadraticForm(matrix: ArrayLike<number>, vector: ArrayLike<number>): number {
  const size = vector.length;
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += vector[i]! * matrix[i * size + j]! * vector[j]!;
  return sum;
}
