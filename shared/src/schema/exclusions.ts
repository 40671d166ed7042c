/** Patients who take no part (opt-outs), matched to the rows of a file. The list and the ids stay where they are. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Patient ids as the hospital writes them, or their SHA-256 in hex. */
export type Exclusions = readonly string[];

export interface ExcludedRows {
  /** Positions from 0. */
  readonly rows: ReadonlySet<number>;
  /** Entries of the list, those that match a row, and those that match only with zeros in front and case left aside. */
  readonly listed: number;
  readonly matched: number;
  readonly matchedLoosely: number;
  /** False where the file has no column that tells patients apart. */
  readonly isPossible: boolean;
}

const HASH = /^[0-9a-f]{64}$/i;
const tidy = (id: string): string => id.normalize('NFC').trim();
const loose = (id: string): string =>
  tidy(id)
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
    .replace(/\.0+$/, '');

/**
 * The ids of a list file: one a line, or a column of a delimited file.
 *
 * @param patientColumn - The name of the patient column, looked for in the first line; else the first column is taken.
 */
export function parseExclusions(text: string, patientColumn: string | null): string[] {
  const lines = text.split(/\r\n?|\n/);
  const cells = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(/[;,\t]/).map((cell) => tidy(cell.replace(/^\s*"(.*)"\s*$/, '$1'))));
  const named = patientColumn === null ? -1 : (cells[0]?.indexOf(patientColumn) ?? -1);
  const ids = (named >= 0 ? cells.slice(1) : cells).map((row) => row[Math.max(0, named)] ?? '').filter((id) => id !== '');
  return [...new Set(ids)];
}

/** Matches a list to the rows' patients. */
export function excludedRows(list: Exclusions | null, patients: readonly string[] | null): ExcludedRows {
  const none = { rows: new Set<number>(), listed: list?.length ?? 0, matched: 0, matchedLoosely: 0, isPossible: true };
  if (list === null || list.length === 0) return none;
  if (patients === null) return { ...none, isPossible: false };
  const exact = new Set(list.map(tidy));
  const hashes = new Set([...exact].filter((entry) => HASH.test(entry)).map((entry) => entry.toLowerCase()));
  const loosely = new Set(list.filter((entry) => !HASH.test(entry)).map(loose));
  const rows = new Set<number>();
  const [matched, only] = [new Set<string>(), new Set<string>()];
  patients.forEach((patient, row) => {
    if (patient === '') return;
    const isExact = exact.has(patient) || (hashes.size > 0 && hashes.has(bytesToHex(sha256(utf8ToBytes(patient)))));
    if (isExact) matched.add(patient);
    else if (loosely.has(loose(patient))) only.add(patient);
    else return;
    rows.add(row);
  });
  return { rows, listed: exact.size, matched: matched.size, matchedLoosely: only.size, isPossible: true };
}
