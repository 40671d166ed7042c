/**
 * The generator behind numpy's RandomState and torch's CPU generator, to draw the numbers that published studies drew: MT19937, seeded with one
 * number, numpy's permutation and torch's even floats. A reference for studies and tests; the product draws from its own streams.
 * Source: Matsumoto and Nishimura 1998 (mt19937ar); numpy legacy RandomState (masked rejection); torch uniform_ (24 bits).
 */
const SIZE = 624;
const SHIFT = 397;

/** The next whole number of 32 bits. */
export type Draw = () => number;

/** @param seed - Whole, 0 to 2³² − 1. */
export function mersenneTwister(seed: number): Draw {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
  }
  let at = SIZE;
  return () => {
    if (at === SIZE) {
      twist(state);
      at = 0;
    }
    let value = state[at++]!;
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let k = 0; k < SIZE; k++) {
    const mixed = (state[k]! & 0x80000000) | (state[(k + 1) % SIZE]! & 0x7fffffff);
    state[k] = state[(k + SHIFT) % SIZE]! ^ (mixed >>> 1) ^ ((mixed & 1) === 1 ? 0x9908b0df : 0);
  }
}

/** numpy's `RandomState.permutation(count)`: an exchange from the end, each place by drawing under a mask until it fits. */
export function permutation(draw: Draw, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const mask = 2 ** Math.ceil(Math.log2(i + 1)) - 1;
    let j = (draw() & mask) >>> 0;
    while (j > i) j = (draw() & mask) >>> 0;
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** torch's `uniform_(−bound, bound)` on the CPU. */
export const evenly = (draw: Draw, bound: number): number => ((draw() & 0xffffff) / 2 ** 24) * 2 * bound - bound;
