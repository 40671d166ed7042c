/** The matrix kernel against three plain loops, bit for bit. */
import { BLOCK, startMatrixProduct } from '@consilium/shared/kernels';
import { describe, expect, it } from 'vitest';
import { seededUniform } from '../../reference/made-rows.ts';

const DOUBLE = 8;

/** C ← max(C₀ + A·B, floor), the slow obvious way: one product after another, in the order of the inner index. */
function slowProduct(
  size: { rows: number; columns: number; inner: number },
  a: Float64Array,
  b: Float64Array,
  start: Float64Array,
  floor: number,
) {
  const result = new Float64Array(size.rows * size.columns);
  for (let i = 0; i < size.rows; i++) {
    for (let j = 0; j < size.columns; j++) {
      let sum = start[i * size.columns + j]!;
      for (let k = 0; k < size.inner; k++) sum += a[i * size.inner + k]! * b[k * size.columns + j]!;
      result[i * size.columns + j] = Math.max(sum, floor);
    }
  }
  return result;
}

describe('the matrix kernel', () => {
  it.each([
    { rows: 4, columns: 4, inner: 1 },
    { rows: 8, columns: 12, inner: 13 },
    { rows: 16, columns: 4, inner: 33 },
  ])('gives the bits of plain loops: $rows × $inner times $inner × $columns', (size) => {
    const { rows, columns, inner } = size;
    const uniform = seededUniform(rows + inner);
    const draw = (count: number) => Float64Array.from({ length: count }, () => 2 * uniform() - 1);
    const [a, b, start] = [draw(rows * inner), draw(inner * columns), draw(rows * columns)];
    const kernel = startMatrixProduct(1 << 16)!;
    const memory = new Float64Array(kernel.memory.buffer);
    const places = { floor: 0, a: 2, b: 2 + a.length, start: 2 + a.length + b.length, c: 2 + a.length + b.length + start.length };
    for (const floor of [Number.NEGATIVE_INFINITY, 0]) {
      const put = (a0: Float64Array): void => {
        memory.fill(floor, 0, 2);
        memory.set(a0, places.a);
        memory.set(b, places.b);
        memory.set(start, places.start);
      };
      const run = (aRow: number, aStep: number) => {
        const [at, bt, ct, st] = [places.a, places.b, places.c, places.start].map((place) => DOUBLE * place) as [
          number,
          number,
          number,
          number,
        ];
        const row = DOUBLE * columns;
        kernel.run(rows / BLOCK, columns / BLOCK, inner, at, DOUBLE * aRow, DOUBLE * aStep, bt, row, ct, row, st, row, 0);
        return memory.slice(places.c, places.c + rows * columns);
      };
      const expected = slowProduct(size, a, b, start, floor);
      put(a);
      expect(run(inner, 1)).toEqual(expected);
      const turned = Float64Array.from(a, (_, at) => a[(at % rows) * inner + Math.floor(at / rows)]!);
      put(turned);
      expect(run(1, rows)).toEqual(expected);
    }
  });
});
