/** Public names of `store`: the database, blobs, uploads and what keeps them whole on a real disk. */

export { type BlobFiles, openBlobFiles } from './blob-files.ts';
export { type Database, openDatabase } from './database.ts';
export { putFile, syncDirectory } from './durable-files.ts';
export { openDurablePostgres } from './durable-postgres.ts';
export { type FreeSpace, watchFreeSpace } from './free-space.ts';
export { takeLock } from './lock-file.ts';
export { CHUNK_BYTES, openPartialUploads, type PartialUploads } from './partial-uploads.ts';
export { namedDiskError, WorldError } from './world-error.ts';
