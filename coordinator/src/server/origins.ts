/**
 * Whose requests are ours. A browser names the page's origin in every cross-site and every WebSocket request; a missing
 * origin is a same-site page load or a program, which no other site can make a browser send.
 */

/**
 * @param publicOrigin - The address people use when a proxy stands before the coordinator, else null.
 * @param further - Origins that are also ours, such as a development server.
 */
export function ownOrigins(publicOrigin: string | null, further: readonly string[]) {
  const known = new Set([...(publicOrigin === null ? [] : [publicOrigin]), ...further]);
  return (origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined || known.has(origin)) return true;
    if (!URL.canParse(origin) || host === undefined) return false;
    const { protocol, host: from } = new URL(origin);
    return (protocol === 'http:' || protocol === 'https:') && from === host.toLowerCase();
  };
}

/**
 * Whose pages may speak for hospitals: ours, and those that hospitals serve themselves. The console is ours alone.
 *
 * @param hospitals - Origins of servers on which hospitals serve the client.
 */
export function siteOrigins(isOwnOrigin: ReturnType<typeof ownOrigins>, hospitals: readonly string[]): ReturnType<typeof ownOrigins> {
  const allowed = new Set(hospitals);
  return (origin, host) => isOwnOrigin(origin, host) || (origin !== undefined && allowed.has(origin));
}
