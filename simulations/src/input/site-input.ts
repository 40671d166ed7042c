/** The sites of a simulation: one CSV a site, or one CSV with a site column. Bytes are handed on as they are. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { NamedBytes, SiteFile } from '@consilium/shared/federation';
import { readCsv } from '@consilium/shared/reading';
import type { Mapping } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { exportFolders } from './export-folders.ts';
import { SimulationError } from './simulation-error.ts';

export interface SiteInput {
  readonly id: string;
  readonly name: string;
  /** Its one table; empty where `files` holds a FHIR or OMOP export. */
  readonly csv: Uint8Array;
  readonly files?: readonly NamedBytes[];
  /** How its file answers the plan; left out: what can be matched without a question. */
  readonly mapping?: Mapping | null;
}

/** A site's files as its tab would be given them. */
export function filesOf({ id, csv, files }: SiteInput): readonly NamedBytes[] {
  return files ?? [{ name: `${id}.csv`, bytes: csv }];
}

/** What its tab would load. */
export function siteFile(input: SiteInput, splitCsv: Uint8Array | null): SiteFile {
  return { files: filesOf(input), splitCsv, mapping: input.mapping ?? null };
}

export interface StudyInput {
  readonly sites: readonly SiteInput[];
  readonly splitCsv: Uint8Array | null;
}

/**
 * @param path - A folder with one CSV a site (the file's name is the site), or one file when `siteColumn` is given.
 * @throws SimulationError when the path is not there, holds no site, or the split file of the plan is missing.
 */
export async function readStudyInput(plan: Plan, path: string, siteColumn: string | null): Promise<StudyInput> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new SimulationError(`There is no file or folder "${path}".`);
  const splitName = plan.split.by === 'file' ? plan.split.file.file : null;
  if (siteColumn !== null) {
    if (info.isDirectory()) throw new SimulationError(`"${path}" is a folder; --site-column needs one CSV file.`);
    return { sites: splitBySite(await readFile(path), siteColumn), splitCsv: await readSplit(splitName, join(path, '..')) };
  }
  if (isExport(plan)) {
    const exports = await exportFolders(path, info.isDirectory());
    const sites = await Promise.all(
      exports.map(async ({ name, read }) => ({ id: siteId(name), name, csv: new Uint8Array(0), files: await read() })),
    );
    return { sites, splitCsv: await readSplit(splitName, path) };
  }
  if (!info.isDirectory()) throw new SimulationError(`"${path}" is a file; give a folder with one CSV a site, or --site-column.`);
  const names = (await readdir(path)).filter((name) => extname(name).toLowerCase() === '.csv' && name !== splitName).sort();
  if (names.length === 0) throw new SimulationError(`The folder "${path}" holds no CSV file of a site.`);
  const sites = await Promise.all(
    names.map(async (name) => {
      const id = siteId(basename(name, extname(name)));
      return { id, name: id, csv: new Uint8Array(await readFile(join(path, name))) };
    }),
  );
  return { sites, splitCsv: await readSplit(splitName, path) };
}

/** Whether a site is a folder of files that become one table. */
export const isExport = ({ source }: Plan): boolean => source.kind === 'fhir' || source.kind === 'omop';

async function readSplit(name: string | null, folder: string): Promise<Uint8Array | null> {
  if (name === null) return null;
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) throw new SimulationError(`The plan's split file "${name}" is not in "${folder}".`);
  return new Uint8Array(bytes);
}

function splitBySite(bytes: Uint8Array, column: string): SiteInput[] {
  const table = readCsv(bytes);
  const at = table.columns.indexOf(column);
  if (at < 0) throw new SimulationError(`There is no column "${column}"; the columns are ${table.columns.join(', ')}.`);
  const groups = group(table.rows, at);
  const others = table.columns.map((_, index) => index).filter((index) => index !== at);
  const line = (cells: readonly string[]) => others.map((index) => `"${(cells[index] ?? '').replaceAll('"', '""')}"`).join(',');
  return [...groups].map(([name, rows]) => {
    const text = [line(table.columns), ...rows.map(line)].join('\n');
    return { id: siteId(name), name, csv: new TextEncoder().encode(`${text}\n`) };
  });
}

function group(rows: readonly (readonly string[])[], at: number): Map<string, (readonly string[])[]> {
  const groups = new Map<string, (readonly string[])[]>();
  for (const row of rows) {
    const name = row[at] ?? '';
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [row]);
    else known.push(row);
  }
  return groups;
}

export function siteId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  if (id === '') throw new SimulationError(`"${name}" cannot name a site: it needs a letter or a digit.`);
  return id;
}
