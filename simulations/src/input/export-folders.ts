/** FHIR and OMOP exports on disk: a folder with one folder a site, or the one folder of one site. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { NamedBytes } from '@consilium/shared/federation';
import { SimulationError } from './simulation-error.ts';

const FILES = /\.(?:json|ndjson|jsonl|csv|tsv)(?:\.gz)?$/i;

export interface ExportFolder {
  readonly name: string;
  readonly path: string;
  readonly read: () => Promise<readonly NamedBytes[]>;
}

/** @throws SimulationError where no file of an export is there. */
export async function exportFolders(path: string, isFolder: boolean): Promise<ExportFolder[]> {
  if (!isFolder)
    return [oneFolder(basename(path), path, async () => [{ name: basename(path), bytes: new Uint8Array(await readFile(path)) }])];
  const entries = await readdir(path, { withFileTypes: true });
  const inner = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const own = entries.filter((entry) => entry.isFile() && FILES.test(entry.name));
  const folders = own.length > 0 || inner.length === 0 ? [path] : inner.sort().map((name) => join(path, name));
  const found = folders.map((folder) => oneFolder(basename(resolve(folder)), folder, () => filesIn(folder)));
  if (own.length === 0 && inner.length === 0) throw new SimulationError(`The folder "${path}" holds no export of a site.`);
  return found;
}

const oneFolder = (name: string, path: string, read: ExportFolder['read']): ExportFolder => ({ name, path, read });

async function filesIn(folder: string): Promise<NamedBytes[]> {
  const names = (await readdir(folder)).filter((name) => FILES.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(join(folder, name))) })));
}
