/** A mapping file: one mapping for every site, or one for each by its name. */
import { readFile } from 'node:fs/promises';
import { type Mapping, parseMapping } from '@consilium/shared/schema';
import { SimulationError } from '../input/simulation-error.ts';

/**
 * @returns The mapping of a site; null for a site the file says nothing of.
 * @throws SimulationError when the file is not there or is no mapping.
 */
export async function readMappings(path: string | undefined): Promise<(site: string) => Mapping | null> {
  if (path === undefined) return () => null;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SimulationError(`There is no mapping "${path}".`);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || 'mapping' in value) {
      const mapping = parseMapping(value);
      return () => mapping;
    }
    const bySite = new Map(Object.entries(value).map(([site, entry]) => [site, parseMapping(entry)]));
    return (site) => bySite.get(site) ?? null;
  } catch (error) {
    throw new SimulationError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
