/** Every site a random part of all patients; sizes differ by one at most. */
import type { Chance } from './chance.ts';
import { dealInOrder, wholeParts } from './deal.ts';

/** @returns The site of each unit, shape (units,). */
export function assignIid(units: number, sites: number, chance: Chance): Int32Array {
  const assigned = new Int32Array(units);
  const order = chance.shuffled(Array.from({ length: units }, (_, unit) => unit));
  dealInOrder(order, wholeParts(new Array<number>(sites).fill(1), units), assigned);
  return assigned;
}
