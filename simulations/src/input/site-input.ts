/** The sites of a simulation: one file a site, or one file with a site column, in any format hospitals can read. A site's own file is handed on as it is. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { NamedBytes, SiteFile } from '@consilium/shared/federation';
import { type RawTable, ReadingError, readTable } from '@consilium/shared/reading';
import type { Mapping } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { csvText } from '../output/csv.ts';
import { exportFolders } from './export-folders.ts';
import { SimulationError } from './simulation-error.ts';
import { isDelimited, stem, tableNames } from './table-files.ts';

export interface SiteInput {
  readonly id: string;
  readonly name: string;
  /** Its one table as delimited text; empty where `files` holds another format. */
  readonly csv: Uint8Array;
  /** A workbook, Parquet or JSON, or all files of a FHIR or OMOP export. */
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
 * @param path - A folder with one file a site (the file's name is the site), or one file when `siteColumn` is given.
 * @throws SimulationError when the path is not there, holds no site, or the split file of the plan is missing.
 */
export async function readStudyInput(plan: Plan, path: string, siteColumn: string | null): Promise<StudyInput> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new SimulationError(`There is no file or folder "${path}".`);
  const splitName = plan.split.by === 'file' ? plan.split.file.file : null;
  if (siteColumn !== null) {
    if (info.isDirectory()) throw new SimulationError(`"${path}" is a folder; --site-column needs one file.`);
    if (isExport(plan))
      throw new SimulationError('A FHIR or OMOP export has no column that names sites; give a folder with one folder a site.');
    const table = await readTable(new Uint8Array(await readFile(path)), basename(path), {}, { expected: [siteColumn] });
    return { sites: splitBySite(table, siteColumn), splitCsv: await readSplit(splitName, join(path, '..')) };
  }
  if (isExport(plan)) {
    const exports = await exportFolders(path, info.isDirectory());
    const sites = await Promise.all(
      exports.map(async ({ name, read }) => ({ id: siteId(name), name, csv: new Uint8Array(0), files: await read() })),
    );
    return { sites, splitCsv: await readSplit(splitName, path) };
  }
  if (!info.isDirectory()) throw new SimulationError(`"${path}" is a file; give a folder with one file a site, or --site-column.`);
  const names = await tableNames(path, splitName, (name) => siteId(stem(name)));
  const sites = await Promise.all(
    names.map(async (name): Promise<SiteInput> => {
      const id = siteId(stem(name));
      const bytes = new Uint8Array(await readFile(join(path, name)));
      return isDelimited(name) ? { id, name: id, csv: bytes } : { id, name: id, csv: new Uint8Array(0), files: [{ name, bytes }] };
    }),
  );
  return { sites, splitCsv: await readSplit(splitName, path) };
}

/**
 * The same sites with every table as delimited text: for what looks into rows or divides them anew.
 *
 * @throws SimulationError for FHIR and OMOP exports, which have no rows before they are put together; ReadingError for a file that is no table.
 */
export async function asDelimited(plan: Plan, data: StudyInput): Promise<StudyInput> {
  if (isExport(plan))
    throw new SimulationError(
      'FHIR and OMOP exports have no rows to look at or to divide; write them as tables first: simulate check --out.',
    );
  const sites = await Promise.all(
    data.sites.map(async ({ files, ...site }): Promise<SiteInput> => {
      const [file] = files ?? [];
      if (file === undefined) return site;
      const expected = plan.features.map(({ column }) => column);
      const { columns, rows } = await readTable(file.bytes, file.name, {}, { expected }).catch((error: unknown) => {
        throw error instanceof ReadingError ? new SimulationError(`${site.id}: ${error.message}`) : error;
      });
      return { ...site, csv: new TextEncoder().encode(csvText([columns, ...rows])) };
    }),
  );
  return { ...data, sites };
}

/** Whether a site is a folder of files that become one table. */
export const isExport = ({ source }: Plan): boolean => source.kind === 'fhir' || source.kind === 'omop';

async function readSplit(name: string | null, folder: string): Promise<Uint8Array | null> {
  if (name === null) return null;
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) throw new SimulationError(`The plan's split file "${name}" is not in "${folder}".`);
  return new Uint8Array(bytes);
}

function splitBySite(table: RawTable, column: string): SiteInput[] {
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
