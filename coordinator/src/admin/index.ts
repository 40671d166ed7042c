/** Public names of `admin`: who may use the console. */

export { isSameCode, makeAdminCode } from './admin-code.ts';
export { type ConsoleSessions, openConsoleSessions } from './console-sessions.ts';
export { sessionCookie, sessionToken } from './session-cookie.ts';
