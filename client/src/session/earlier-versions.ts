/** What this browser knows of other versions of a study: which sums over this hospital's rows were released, and how to tell changed rows. For the differencing guard. */
import {
  answeredSketches,
  joinKeyed,
  joinSketches,
  type KeyedContributors,
  keyedContributors,
  noEarlierSums,
  type RowSketch,
} from '@consilium/shared/federation';
import type { DeviceCertificate } from '@consilium/shared/identity';
import type { LocalStore, Membership } from './local-store.ts';

export interface EarlierVersions {
  readonly earlier: KeyedContributors;
  readonly earlierRows: readonly RowSketch[];
}

/** @param own - The certificate of the version that is opened: versions share its root key and the study's short name. */
export async function earlierVersions(
  store: Pick<LocalStore, 'memberships' | 'certificate' | 'record'>,
  member: Pick<Membership, 'study' | 'site'>,
  own: Pick<DeviceCertificate, 'study' | 'rootKey'>,
): Promise<EarlierVersions> {
  let known: EarlierVersions = { earlier: noEarlierSums, earlierRows: [] };
  for (const { study, site, key } of await store.memberships()) {
    const certificate = await store.certificate(key);
    const isVersion = certificate?.study === own.study && certificate.rootKey === own.rootKey;
    const record = isVersion && (study !== member.study || site !== member.site) ? await store.record(study, site) : null;
    if (record === null) continue;
    known = {
      earlier: joinKeyed(known.earlier, keyedContributors(record)),
      earlierRows: joinSketches(known.earlierRows, answeredSketches(record)),
    };
  }
  return known;
}
