/**
 * Keeps a reserve of the disk free, so that there is always room for the event log and the database can close cleanly:
 * work is refused by name before the disk is really full.
 */
import { statfs } from 'node:fs/promises';
import { WorldError } from './world-error.ts';

export interface FreeSpace {
  /** Resolves if `bytes` more may be written. @throws WorldError `storage-full`. */
  require(bytes: number): Promise<void>;
}

/**
 * @param directory - Any folder on the disk in question.
 * @param reserveBytes - What must stay free after a write. A new segment of the database's own log takes 16 MiB.
 */
export function watchFreeSpace(directory: string, reserveBytes: number): FreeSpace {
  return {
    async require(bytes) {
      const disk = await statfs(directory);
      if (disk.bavail * disk.bsize - bytes < reserveBytes) {
        throw new WorldError('storage-full', 'The disk of the coordinator is full. Free some space, then resume the study.');
      }
    },
  };
}
