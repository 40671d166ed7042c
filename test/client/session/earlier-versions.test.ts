/** Which sums of other versions a browser brings into the one that is opened: same short name and same root key, whatever the places were. */
import { earlierVersions, type LocalStore, type Membership } from '@consilium/client/session';
import { keyedContributors, newSiteRecord, noEarlierSums, type SiteRecord } from '@consilium/shared/federation';
import type { DeviceCertificate } from '@consilium/shared/identity';
import { describe, expect, it } from 'vitest';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const seats = [5, 6, 7].map((byte, index) => ({ index, rootKey: key(byte) }));
const record = (study: string, training: readonly (readonly number[])[]): SiteRecord => ({
  ...newSiteRecord(study, new Uint8Array(32)),
  contributors: { training, validation: [], test: [] },
  seats,
});

interface Kept {
  readonly study: string;
  readonly plan: string;
  readonly root: number;
  readonly record: SiteRecord | null;
}

/** What a browser keeps of studies that its hospitals joined. */
function storeOf(kept: readonly Kept[]): Pick<LocalStore, 'memberships' | 'certificate' | 'record'> {
  const of = (study: string) => kept.find((one) => one.study === study);
  return {
    memberships: async () =>
      kept.map(({ study }): Membership => ({ study, site: 'a', name: 'A', key: study, title: '', demo: false, joinedAt: 0 })),
    certificate: async (name) => {
      const { plan = '', root = 0 } = of(name) ?? {};
      const times = { issuedAt: 0, expiresAt: 1, signature: '' };
      return { kind: 'device', study: plan, rootKey: key(root), key: key(1), ...times } satisfies DeviceCertificate;
    },
    record: async (study) => of(study)?.record ?? null,
  };
}

const here = { study: 'heart-2', site: 'a' };
const own = { study: 'heart', rootKey: key(5) };

describe('sums of other versions', () => {
  it('come from every other study of the same short name and root key, by root keys', async () => {
    const store = storeOf([
      { study: 'heart', plan: 'heart', root: 5, record: record('heart', [[0, 1, 2]]) },
      { study: 'heart-2', plan: 'heart', root: 5, record: record('heart-2', [[1, 2]]) },
      { study: 'heart-3', plan: 'heart', root: 6, record: record('heart-3', [[0, 2]]) },
      { study: 'lung', plan: 'lung', root: 5, record: record('lung', [[0, 1]]) },
      { study: 'heart-4', plan: 'heart', root: 5, record: null },
    ]);
    expect((await earlierVersions(store, here, own)).earlier).toEqual({ ...noEarlierSums, training: [[key(5), key(6), key(7)]] });
  });

  it('are passed on from version to version, each once', async () => {
    const second = {
      ...record('heart-1', [[0, 1, 2]]),
      earlier: keyedContributors(
        record('heart', [
          [0, 1, 2],
          [1, 2],
        ]),
      ),
    };
    const store = storeOf([{ study: 'heart-1', plan: 'heart', root: 5, record: second }]);
    expect((await earlierVersions(store, here, own)).earlier.training).toEqual([
      [key(5), key(6), key(7)],
      [key(6), key(7)],
    ]);
  });
});
