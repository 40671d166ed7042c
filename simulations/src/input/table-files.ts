/** Files with one table each, in any format that hospitals can read; found by their ending, read by their content. */
import { readdir } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { SimulationError } from './simulation-error.ts';

/** Text with delimiters, which is read as it is. */
const DELIMITED: readonly string[] = ['.csv', '.tsv', '.txt', '.tab', '.dat'];
const TABLES: ReadonlySet<string> = new Set([...DELIMITED, '.xlsx', '.xlsm', '.parquet', '.json', '.ndjson', '.jsonl']);

/** Hidden files, locks of spreadsheet programs, and what a person wrote about the folder. */
const NO_TABLE = /^(?:\.|~\$|readme\b)/i;

const ending = (name: string): string => extname(name).toLowerCase();

export const isDelimited = (name: string): boolean => DELIMITED.includes(ending(name));

/** What is left of a file's name for its site. */
export const stem = (name: string): string => basename(name, extname(name));

/**
 * Names of the tables in a folder, in order.
 *
 * @param splitName - The plan's split file, which is no site's; null for none.
 * @param idOf - A file's site.
 * @throws SimulationError when there is none, or two of them name one site.
 */
export async function tableNames(folder: string, splitName: string | null, idOf: (name: string) => string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => TABLES.has(ending(name)) && name !== splitName && !NO_TABLE.test(name)).sort();
  if (names.length === 0)
    throw new SimulationError(`The folder "${folder}" holds no file of a site: CSV, TSV, Excel (.xlsx), Parquet or JSON, one a site.`);
  const ids = names.map(idOf);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
  if (twice >= 0)
    throw new SimulationError(
      `Two files in "${folder}" name the site "${ids[twice]}": ${names[ids.indexOf(ids[twice] ?? '')]} and ${names[twice]}.`,
    );
  return names;
}
