/** Which hospital this tab is, over reloads: kept in sessionStorage, so each tab has its own. */
import type { Membership } from './local-store.ts';

const KEY = 'consilium-site';

export const rememberSite = ({ study, site }: Pick<Membership, 'study' | 'site'>): void => sessionStorage.setItem(KEY, `${study}/${site}`);
export const forgetSite = (): void => sessionStorage.removeItem(KEY);

/** The one of these hospitals that this tab was before. */
export function rememberedSite(memberships: readonly Membership[]): Membership | null {
  const kept = sessionStorage.getItem(KEY);
  return memberships.find(({ study, site }) => `${study}/${site}` === kept) ?? null;
}
