/** The tables' history. A migration that was released is never edited; the next change is a new entry. */
import type { Kysely, Migration } from 'kysely';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-studies-events-invitations-sessions': {
    async up(database: Kysely<unknown>): Promise<void> {
      await database.schema
        .createTable('studies')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('demo', 'boolean', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('invitations')
        .addColumn('secret_hash', 'text', (column) => column.primaryKey())
        .addColumn('study', 'text', (column) => column.notNull().references('studies.id').onDelete('cascade'))
        .addColumn('site', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'text', (column) => column.notNull())
        .addUniqueConstraint('one_invitation_a_site', ['study', 'site'])
        .execute();
      await database.schema
        .createTable('events')
        .addColumn('study', 'text', (column) => column.notNull().references('studies.id'))
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('recorded_at', 'text', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('previous', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('signature', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('events_in_order', ['study', 'sequence'])
        .execute();
      await database.schema
        .createTable('sessions')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('expires_at', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0002-accounts-and-console-log': {
    async up(database: Kysely<unknown>): Promise<void> {
      await database.schema
        .createTable('accounts')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('name_key', 'text', (column) => column.notNull().unique())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('password_hash', 'text', (column) => column.notNull())
        .addColumn('second_factor', 'text')
        .addColumn('second_factor_step', 'integer')
        .execute();
      await database.schema
        .createTable('account_codes')
        .addColumn('code_hash', 'text', (column) => column.primaryKey())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'text', (column) => column.notNull())
        .addColumn('used_at', 'text')
        .execute();
      // Sessions before this had no account; whoever holds one signs in anew.
      await database.schema.dropTable('sessions').execute();
      await database.schema
        .createTable('sessions')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('account', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
        .addColumn('expires_at', 'text', (column) => column.notNull())
        .addColumn('used_at', 'text', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('console_events')
        .addColumn('study', 'text', (column) => column.notNull())
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('recorded_at', 'text', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('previous', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('signature', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('console_events_in_order', ['study', 'sequence'])
        .execute();
    },
  },
  '0003-revoked-invitations': {
    async up(database: Kysely<unknown>): Promise<void> {
      await database.schema.alterTable('invitations').addColumn('revoked_at', 'text').execute();
    },
  },
  '0004-codes-of-accounts': {
    async up(database: Kysely<unknown>): Promise<void> {
      await database.schema.alterTable('account_codes').addColumn('invited_by', 'text').execute();
    },
  },
};
