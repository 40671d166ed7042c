/** Made-up rows for tests: a linear congruential stream (Numerical Recipes), so the same in every run and engine. */
import type { Rows } from '@consilium/shared/models';

export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Standard normal columns and an outcome that follows the first two with noise; `share` of events about one half. */
export function madeRows(rows: number, width: number, seed = 1): Rows {
  const uniform = seededUniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const x = Float64Array.from({ length: rows * width }, normal);
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * width]! - 0.5 * (x[i * width + 1] ?? 0) + normal() > 0 ? 1 : 0));
  return { x, y, rows, width };
}

/** Rows `from` … `to` − 1. */
export function sliceRows(rows: Rows, from: number, to: number): Rows {
  return { x: rows.x.slice(from * rows.width, to * rows.width), y: rows.y.slice(from, to), rows: to - from, width: rows.width };
}
