/** Public names of `admin`: who may use the console, and what they did there. */

export { type Account, type Accounts, openAccounts, type Refused } from './accounts.ts';
export { isSameCode, makeAdminCode } from './admin-code.ts';
export { type ConsoleAction, type ConsoleEvent, type ConsoleLog, openConsoleLog } from './console-log.ts';
export { type ConsoleSessions, openConsoleSessions } from './console-sessions.ts';
export { openLockout } from './lockout.ts';
export { type ConsolePeople, openConsolePeople } from './people.ts';
export { mayDo, type Right, ROLES, type Role } from './roles.ts';
export { sessionCookie, sessionToken } from './session-cookie.ts';
export { openSignIn, type SignIn } from './sign-in.ts';
