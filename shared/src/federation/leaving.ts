/**
 * A site's last word in a study: that it leaves, with its signature under the list without it, so that fewer of the others are needed to carry on.
 *
 * Rule: one successor of a list, also by who leaves. The changed record is to be on disk before the word goes out.
 */
import { maySignSuccessor, rosterHash, shorterRoster } from '../identity/index.ts';
import type { SiteSays } from '../protocol/index.ts';
import type { SiteRecord, SiteWorld } from './contracts.ts';
import { signedLeave } from './site-signatures.ts';

/** @param record - What the site keeps; null where it never had any. */
export async function leavingWord(
  at: { readonly study: string; readonly site: string; readonly record: SiteRecord | null },
  sign: SiteWorld['sign'],
): Promise<{ readonly message: SiteSays<'leave'>; readonly record: SiteRecord | null }> {
  const { study, site: id, record } = at;
  const current = record?.roster ?? null;
  const index = current?.sites.find((site) => site.id === id)?.index;
  const alone = { message: await signedLeave(study, id, null, sign), record };
  if (record === null || current === null || index === undefined) return alone;
  const wish = { of: rosterHash(current), successor: rosterHash(shorterRoster(current, [id])) };
  if (!maySignSuccessor(record.successors, wish)) return alone;
  const message = await signedLeave(study, id, { current, site: index }, sign);
  return { message, record: { ...record, successors: [...record.successors, wish] } };
}
