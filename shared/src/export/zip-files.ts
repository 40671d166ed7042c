/** The files of an export as one archive. The same files give the same bytes: no time of day is in it. */
import { strToU8, zipSync } from 'fflate';

/** Any time will do; the archive's form asks for one. */
const NO_TIME = '2000-01-01T12:00:00';

/** @param files - Path → content, as from `exportFiles`. */
export function zipFiles(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const entries = [...files].map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content] as const);
  return zipSync(Object.fromEntries(entries), { mtime: NO_TIME, level: 6 });
}
