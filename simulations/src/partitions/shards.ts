/** Sorted by class, cut into equal shards, and each site gets a few of them by chance. Source: McMahan et al. 2017, §3. */
import type { Chance } from './chance.ts';
import { dealInOrder, wholeParts } from './deal.ts';

/** @returns The site of each unit, shape (units,). */
export function assignShards(labels: readonly string[], sites: number, perSite: number, chance: Chance): Int32Array {
  const order = chance
    .shuffled(labels.map((_, unit) => unit))
    .sort((a, b) => (labels[a]! < labels[b]! ? -1 : labels[a]! > labels[b]! ? 1 : 0));
  const shards = new Int32Array(labels.length);
  dealInOrder(order, wholeParts(new Array<number>(sites * perSite).fill(1), labels.length), shards);
  const owners = chance.shuffled(Array.from({ length: sites * perSite }, (_, shard) => shard % sites));
  return shards.map((shard) => owners[shard]!);
}
