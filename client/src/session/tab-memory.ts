/** Which hospital this tab is, over reloads: kept in sessionStorage, so each tab has its own. */
import type { Membership } from './local-store.ts';

const KEY = 'consilium-site';

export const rememberSite = ({ study, site }: Pick<Membership, 'study' | 'site'>): void => sessionStorage.setItem(KEY, `${study}/${site}`);
export const forgetSite = (): void => sessionStorage.removeItem(KEY);

/** The hospital that this tab was before, where this browser keeps nothing of it any more. */
export function lostSite(memberships: readonly Membership[]): Pick<Membership, 'study' | 'site'> | null {
  const [study, site] = sessionStorage.getItem(KEY)?.split('/') ?? [];
  return study === undefined || site === undefined || rememberedSite(memberships) !== null ? null : { study, site };
}

/** The one of these hospitals that this tab was before. */
export function rememberedSite(memberships: readonly Membership[]): Membership | null {
  const kept = sessionStorage.getItem(KEY);
  return memberships.find(({ study, site }) => `${study}/${site}` === kept) ?? null;
}
