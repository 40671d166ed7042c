/** Which sums over this hospital's rows other versions of a study have released, as far as this browser knows: for the differencing guard. */
import { joinKeyed, type KeyedContributors, keyedContributors, noEarlierSums } from '@consilium/shared/federation';
import type { DeviceCertificate } from '@consilium/shared/identity';
import type { LocalStore, Membership } from './local-store.ts';

/** @param own - The certificate of the version that is opened: versions share its root key and the study's short name. */
export async function earlierSums(
  store: Pick<LocalStore, 'memberships' | 'certificate' | 'record'>,
  member: Pick<Membership, 'study' | 'site'>,
  own: Pick<DeviceCertificate, 'study' | 'rootKey'>,
): Promise<KeyedContributors> {
  let sums = noEarlierSums;
  for (const { study, site, key } of await store.memberships()) {
    const certificate = await store.certificate(key);
    const isVersion = certificate?.study === own.study && certificate.rootKey === own.rootKey;
    const record = isVersion && (study !== member.study || site !== member.site) ? await store.record(study, site) : null;
    if (record !== null) sums = joinKeyed(sums, keyedContributors(record));
  }
  return sums;
}
