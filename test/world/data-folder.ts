/**
 * Data folders for tests. The first start of PostgreSQL takes seconds, so an empty database is made once a machine and copied.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDurablePostgres } from '@consilium/coordinator/store';

const template = join(tmpdir(), `consilium-test-database-${process.getuid?.() ?? 0}`);

/** A fresh data folder with an empty database. */
export async function newDataFolder(): Promise<string> {
  if (!existsSync(template)) {
    const own = mkdtempSync(join(tmpdir(), 'consilium-template-'));
    await (await openDurablePostgres(join(own, 'database'))).close();
    await rename(join(own, 'database'), template).catch(() => undefined);
    rmSync(own, { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(tmpdir(), 'consilium-test-'));
  cpSync(template, join(folder, 'database'), { recursive: true });
  return folder;
}
