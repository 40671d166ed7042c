/**
 * PGlite that keeps what it committed through a power cut. As shipped it starts PostgreSQL with `-F` (no fsync) and its
 * file system has no fsync at all; a commit then survives the death of the process but not of the machine. Here the
 * switch is dropped and the file system passes PostgreSQL's own fsync calls on to the disk: one for each commit.
 *
 * Rule: a first start that was cut short is thrown away; the folder appears under its name only when it is complete.
 */
import { fsyncSync } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { syncDirectory } from './durable-files.ts';

interface OpenFile {
  readonly nfd?: number;
}

interface PostgresModule {
  readonly NODEFS: { readonly stream_ops: { fsync?: (file: OpenFile) => number } };
}

type StartOptions = Parameters<NodeFS['init']>[1];

/**
 * Opens, or makes, a PostgreSQL data folder.
 *
 * @param directory - The database's own folder; its parent exists.
 */
export async function openDurablePostgres(directory: string): Promise<PGlite> {
  if (!(await exists(directory))) {
    const unfinished = `${directory}.new`;
    await rm(unfinished, { recursive: true, force: true });
    const fresh = await open(unfinished);
    await fresh.close();
    await rename(unfinished, directory);
    await syncDirectory(dirname(directory));
  }
  return open(directory);
}

async function open(directory: string): Promise<PGlite> {
  const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  const database = new PGlite({ fs: new SyncingFiles(directory), startParams: [...startParams, '-c', 'wal_sync_method=fsync'] });
  await database.waitReady;
  return database;
}

class SyncingFiles extends NodeFS {
  override async init(...[postgres, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(postgres, options);
    const passOn = (module: unknown): void => {
      (module as PostgresModule).NODEFS.stream_ops.fsync = (file) => {
        if (file.nfd !== undefined) fsyncSync(file.nfd);
        return 0;
      };
    };
    const preRun = [...((emscriptenOpts.preRun ?? []) as NonNullable<StartOptions['preRun']> & unknown[]), passOn];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } as StartOptions };
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
