/** The fold of a patient: a hash of the id mod K, the same at every reload; never stored or sent (learning.md §5). */
import { lengthPrefixed, sha256 } from '../crypto/index.ts';

/** @param id - Patient id as in the file. @param folds - 2 to 255. @returns 0 to folds − 1. */
export function foldOf(study: string, id: string, folds: number): number {
  const digest = sha256(lengthPrefixed(['consilium effect fold 1', study, id.normalize('NFC').trim()]));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0) % folds;
}
