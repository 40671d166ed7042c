/** The files of one hospital to one raw table, by the plan's source: the one way in for the tab, the simulator and the checks. */
import type { ClinicalFile } from './clinical/file-text.ts';
import { readClinical } from './clinical/read-clinical.ts';
import type { ClinicalSource } from './clinical/source.ts';
import { type RawTable, ReadingError, type TableChoices } from './raw-table.ts';
import { type Hints, readTable } from './read-table.ts';
import { foldRedcap, type RedcapSource } from './redcap.ts';

export type RowSource = { readonly kind: 'table' } | ({ readonly kind: 'redcap' } & RedcapSource) | ClinicalSource;

/**
 * Reads the rows of a hospital.
 *
 * @param files - One file for a table or a REDCap export; all files of a FHIR or OMOP folder.
 * @param source - The plan's, as `rowSource` gives it.
 * @param choices - What a person chose about a single file.
 * @param hints - Names to expect, and how the reading is watched.
 * @throws ReadingError as `readTable`, `foldRedcap` and `readClinical`.
 */
export async function readSource(
  files: readonly ClinicalFile[],
  source: RowSource,
  choices: TableChoices = {},
  hints: Hints = {},
): Promise<RawTable> {
  if (source.kind === 'fhir' || source.kind === 'omop') return readClinical(files, source, hints);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new ReadingError('bad-source', `This study reads one file with one table; ${files.length} were chosen.`);
  }
  const raw = await readTable(file.bytes, file.name, choices, source.kind === 'redcap' ? { ...hints, expected: [] } : hints);
  return source.kind === 'redcap' ? foldRedcap(raw, source) : raw;
}
