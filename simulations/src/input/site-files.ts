/** The files of each site on disk, any format the hospitals can read: a folder with one file a site, or one file with a site column. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { NamedBytes } from '@consilium/shared/federation';
import type { Plan } from '@consilium/shared/study';
import { exportFolders } from './export-folders.ts';
import { SimulationError } from './simulation-error.ts';
import { isExport, readStudyInput, siteId } from './site-input.ts';
import { stem, tableNames } from './table-files.ts';

export interface SiteFiles {
  /** As it is named on disk. */
  readonly file: string;
  readonly site: string;
  /** Read when its turn comes, so that one site's bytes are held at a time. */
  readonly read: () => Promise<readonly NamedBytes[]>;
}

export interface StudyFiles {
  readonly sites: readonly SiteFiles[];
  readonly splitCsv: Uint8Array | null;
}

/**
 * @param path - A folder, or one file.
 * @throws SimulationError when nothing of a site is there, two files name one site, or the plan's split file is missing.
 */
export async function readSiteFiles(plan: Plan, path: string, siteColumn: string | null): Promise<StudyFiles> {
  if (siteColumn !== null) {
    const { sites, splitCsv } = await readStudyInput(plan, path, siteColumn);
    return {
      sites: sites.map(({ id, csv }) => ({ file: basename(path), site: id, read: async () => [{ name: `${id}.csv`, bytes: csv }] })),
      splitCsv,
    };
  }
  const info = await stat(path).catch(() => null);
  if (info === null) throw new SimulationError(`There is no file or folder "${path}".`);
  if (isExport(plan)) {
    const exports = await exportFolders(path, info.isDirectory());
    const sites = exports.map(({ name, read }) => ({ file: name, site: siteId(name), read }));
    return { sites, splitCsv: await readSplit(plan.split.by === 'file' ? plan.split.file.file : null, path) };
  }
  const folder = info.isDirectory() ? path : join(path, '..');
  const splitName = plan.split.by === 'file' ? plan.split.file.file : null;
  const names = info.isDirectory() ? await tableNames(path, splitName, (name) => siteId(stem(name))) : [basename(path)];
  const sites = names.map((name): SiteFiles => {
    const read = async () => [{ name, bytes: new Uint8Array(await readFile(join(folder, name))) }];
    return { file: name, site: siteId(stem(name)), read };
  });
  return { sites, splitCsv: await readSplit(splitName, folder) };
}

async function readSplit(name: string | null, folder: string): Promise<Uint8Array | null> {
  if (name === null) return null;
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) throw new SimulationError(`The plan's split file "${name}" is not in "${folder}".`);
  return new Uint8Array(bytes);
}
