/** The coordinator's database: durable PGlite behind Kysely, brought to the newest tables when it is opened. */
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, Migrator } from 'kysely';
import { PGliteDialect } from 'kysely-pglite-dialect';
import { openDurablePostgres } from './durable-postgres.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';
import { WorldError } from './world-error.ts';

export type Database = Kysely<Tables>;

/**
 * @param directory - The database's own folder; made when absent.
 * @returns The database and what closes it.
 * @throws WorldError `database-unusable` when it cannot be opened or migrated.
 */
export async function openDatabase(directory: string): Promise<{ database: Database; close(): Promise<void> }> {
  let postgres: PGlite | null = null;
  try {
    postgres = await openDurablePostgres(directory);
    const database: Database = new Kysely<Tables>({ dialect: new PGliteDialect(postgres) });
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    const opened = postgres;
    // Kysely's own destroy closes PGlite through the dialect.
    return { database, close: async () => void (opened.closed || (await database.destroy())) };
  } catch (error) {
    if (postgres !== null && !postgres.closed) await postgres.close().catch(() => undefined);
    throw new WorldError('database-unusable', 'The coordinator could not open its database.', error);
  }
}
