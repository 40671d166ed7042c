/** Accounts, sign-in, sessions and the log of the console, put together for the routes. */
import { type CoordinatorKey, openEventLog } from '../audit/index.ts';
import type { FreeSpace } from '../store/index.ts';
import { type AccountParts, type Accounts, openAccounts } from './accounts.ts';
import { type ConsoleEvent, type ConsoleLog, openConsoleLog } from './console-log.ts';
import { type ConsoleSessions, openConsoleSessions } from './console-sessions.ts';
import { openLockout } from './lockout.ts';
import { PASSWORD_COST } from './password.ts';
import { openRefusalNotes, type RefusalNotes } from './refusal-notes.ts';
import { openSignIn, type SignIn } from './sign-in.ts';

export interface ConsolePeople {
  readonly accounts: Accounts;
  readonly sessions: ConsoleSessions;
  readonly signIn: SignIn;
  readonly log: ConsoleLog;
  readonly refusalNotes: RefusalNotes;
}

export interface ConsolePeopleParts extends Omit<AccountParts, 'passwordCost'> {
  readonly key: CoordinatorKey;
  readonly space: FreeSpace;
  readonly passwordCost?: number | undefined;
}

export function openConsolePeople({ key, space, passwordCost = PASSWORD_COST, ...given }: ConsolePeopleParts): ConsolePeople {
  const { database, now } = given;
  const parts = { ...given, passwordCost };
  const accounts = openAccounts(parts);
  const events = openEventLog<ConsoleEvent>(database, key, space, now, 'console_events');
  return {
    accounts,
    sessions: openConsoleSessions(database, accounts, now),
    signIn: openSignIn(parts, accounts, openLockout()),
    log: openConsoleLog(events, key.publicKey),
    refusalNotes: openRefusalNotes(),
  };
}
