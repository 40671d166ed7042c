/** Saved mappings: one file for every site, one file with a mapping for each by its name, or a folder with SITE.json for each. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Mapping, parseMapping } from '@consilium/shared/schema';
import { SimulationError } from '../input/simulation-error.ts';
import { siteId } from '../input/site-input.ts';

/**
 * @returns The mapping of a site; null for a site the file says nothing of.
 * @throws SimulationError when the file is not there or is no mapping.
 */
export async function readMappings(path: string | undefined): Promise<(site: string) => Mapping | null> {
  if (path === undefined) return () => null;
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() === true) return readFolder(path);
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

async function readFolder(path: string): Promise<(site: string) => Mapping | null> {
  const names = (await readdir(path)).filter((name) => extname(name).toLowerCase() === '.json').sort();
  if (names.length === 0) throw new SimulationError(`The folder "${path}" holds no mapping of a site (SITE.json).`);
  const bySite = new Map<string, Mapping>();
  for (const name of names) {
    const only = await readMappings(join(path, name));
    const site = siteId(name.slice(0, -extname(name).length));
    const mapping = only(site);
    if (mapping !== null) bySite.set(site, mapping);
  }
  return (site) => bySite.get(site) ?? null;
}
