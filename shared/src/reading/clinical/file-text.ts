/** The text of one file of a folder, unpacked if it is gzipped, and its bare name. */
import { gunzipSync } from 'fflate';
import { ReadingError } from '../raw-table.ts';

export interface ClinicalFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `folder/PERSON.csv.gz` → `person`. */
export function bareName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? name;
  return last
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}

/** @throws ReadingError for a broken archive. */
export function unpacked({ name, bytes }: ClinicalFile): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    throw new ReadingError('unreadable', `The archive ${name} is damaged. Copy or export it again.`);
  }
}
