/** Blobs a site asked for. What the coordinator withholds, or gives under a wrong hash, is left out: the site's rules name what is missing. */
import type { SiteWorld } from './contracts.ts';

/** @returns By hash, those that could be had. */
export async function downloaded(world: SiteWorld, hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = await Promise.all(hashes.map(async (hash) => [hash, await world.download(hash).catch(() => null)] as const));
  return new Map(blobs.flatMap(([hash, bytes]) => (bytes === null ? [] : [[hash, bytes] as const])));
}
