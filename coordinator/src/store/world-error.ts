/** A failure of the world around the coordinator: disk, lock, database. Pages and logs choose their words by `code`. */

export class WorldError extends Error {
  readonly code: string;

  /**
   * @param code - A short stable name, such as `storage-full`.
   * @param message - A plain sentence for the person who runs the coordinator.
   * @param cause - What was caught, if anything.
   */
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WorldError';
    this.code = code;
  }
}

/** Names the failures of a disk that a person can mend; anything else is returned as it came. */
export function namedDiskError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new WorldError('storage-full', 'The disk of the coordinator is full.', error);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new WorldError('storage-refused', 'The coordinator may not write to its data folder.', error);
  }
  return error;
}
