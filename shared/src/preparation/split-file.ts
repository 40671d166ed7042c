/** A file that says for each row of each site whether it trains, validates, tests or is left out. */
import type { RawTable } from '../reading/index.ts';
import { codeKey } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { PreparationError } from './preparation-error.ts';
import { SET, type SetCode } from './sides.ts';

type FileSplit = Extract<Plan['split'], { by: 'file' }>['file'];

const SETS = new Map<string, SetCode>([
  ['train', SET.train],
  ['validation', SET.validation],
  ['test', SET.test],
  ['excluded', SET.none],
]);

/** The part a word stands for; null for any other word. */
export function setNamed(word: string): SetCode | null {
  return SETS.get(word.trim().toLowerCase()) ?? null;
}

/**
 * Reads one site's lines of a split file.
 *
 * @param split - The plan's description of the file.
 * @param file - The file.
 * @param siteId - Whose lines.
 * @returns The part by key: the 1-based row number as text, or the patient id (trimmed, Unicode NFC).
 * @throws PreparationError for absent columns, an unknown word, a key named twice, or a file without this site.
 */
export function readSplitFile(split: FileSplit, file: RawTable, siteId: string): Map<string, SetCode> {
  const { site, row, patientId, set } = split.keys;
  const position = (name: string) => {
    const at = file.columns.indexOf(name);
    if (at < 0) throw new PreparationError('split-file-columns', `The split file "${split.file}" has no column "${name}".`);
    return at;
  };
  const siteAt = site === undefined ? null : position(site);
  const [keyAt, setAt] = [position(row ?? patientId ?? ''), position(set)];
  const wanted = siteId.normalize('NFC').trim();
  const sets = new Map<string, SetCode>();
  file.rows.forEach((cells, index) => {
    if (siteAt !== null && cells[siteAt]!.normalize('NFC').trim() !== wanted) return;
    const line = `line ${file.lineOfRow[index]} of the split file "${split.file}"`;
    const key = row === undefined ? cells[keyAt]!.normalize('NFC').trim() : codeKey(cells[keyAt]!);
    const code = setNamed(cells[setAt]!);
    if (code === null) throw new PreparationError('split-file-mismatch', `In ${line} the part is not train, validation, test or excluded.`);
    if (sets.has(key)) throw new PreparationError('split-file-mismatch', `In ${line} a row stands for the second time.`);
    sets.set(key, code);
  });
  if (sets.size === 0) {
    throw new PreparationError('split-file-mismatch', `The split file "${split.file}" has no line for the site "${siteId}".`);
  }
  return sets;
}
