/** Distinct seeds for measurements, from a plain counter. */

/** @returns `count` seeds of 32 bytes; `series` keeps those of different purposes apart. Both are below 2^16. */
export function seedsFrom(series: number, count: number): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: count }, (_, number) => {
    const seed = new Uint8Array(32);
    new DataView(seed.buffer).setUint32(0, series * 65_536 + number);
    return seed;
  });
}
