/** The files of an export as one archive, and a model's file out of one. The same files give the same bytes: no time of day is in it. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Any time will do; the archive's form asks for one. */
const NO_TIME = '2000-01-01T12:00:00';

/** @param files - Path → content, as from `exportFiles`. */
export function zipFiles(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const entries = [...files].map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content] as const);
  return zipSync(Object.fromEntries(entries), { mtime: NO_TIME, level: 6 });
}

/** No model's file is larger; an archive that unfolds to more is none of ours. */
const LARGEST_MODEL = 200_000_000;

/**
 * The text of a model's file, given as it is or as the archive of an export.
 *
 * @returns Null for an archive without one.
 */
export function modelText(bytes: Uint8Array): string | null {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b)) return strFromU8(bytes);
  const isModel = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }) =>
    /(^|\/)model\.json$/.test(name) && !/(^|\/)tfjs\//.test(name) && originalSize <= LARGEST_MODEL;
  try {
    const [found] = Object.values(unzipSync(bytes, { filter: isModel }));
    return found === undefined ? null : strFromU8(found);
  } catch {
    return null;
  }
}
