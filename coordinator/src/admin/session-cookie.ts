/** The console's cookie: unreadable to scripts, sent only with requests of this site's own pages. */
import { SESSION_SECONDS } from './console-sessions.ts';

const NAME = 'consilium-console';

/** The token in a Cookie header, or null. */
export function sessionToken(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === NAME && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** The Set-Cookie header for a token; null takes it away. `isSecure` where the page came over https. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  const life = token === null ? 0 : SESSION_SECONDS;
  return `${NAME}=${token ?? ''}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
