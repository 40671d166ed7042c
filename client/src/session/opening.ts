/** How a visit begins: the browser is looked at and its storage opened. Without storage nothing can be kept before it is sent, so nothing is. */
import { type LocalStore, type Membership, openLocalStore } from './local-store.ts';
import { type PreflightCheck, runPreflight } from './preflight.ts';
import type { Trouble } from './run-view.ts';
import { lostSite } from './tab-memory.ts';

/**
 * @param onLost - The storage is gone while the page is open: a person cleared it, or the browser did.
 * @returns The store, or null where this browser cannot take part; the checks say why.
 */
export async function openVisit(
  onLost: () => void,
): Promise<{ readonly checks: readonly PreflightCheck[]; readonly store: LocalStore | null }> {
  const checks = await runPreflight();
  if (checks.some(({ status }) => status === 'fail')) return { checks, store: null };
  try {
    return { checks, store: await openLocalStore(onLost) };
  } catch {
    return { checks: checks.map((check) => (check.id === 'storage' ? { ...check, status: 'fail' } : check)), store: null };
  }
}

/** What the first page says: that nobody answers, or that this tab spoke for a hospital of which this browser keeps nothing any more. */
export function firstTrouble(isReached: boolean, memberships: readonly Membership[]): Trouble | null {
  if (!isReached) return { code: 'unreachable', text: '' };
  return lostSite(memberships) === null ? null : { code: 'storage-cleared', text: '' };
}
