/** Under which name a hospital's tab is locked: one for all versions of a study, so that no two of them answer side by side. */
import { lockName } from '@consilium/client/session';
import type { DeviceCertificate } from '@consilium/shared/identity';
import { describe, expect, it } from 'vitest';

const certificate = (study: string, rootKey: string): DeviceCertificate => ({
  ...{ kind: 'device', study, rootKey, key: 'device', issuedAt: 0, expiresAt: 1, signature: '' },
});

describe('the lock of a tab', () => {
  it('is one for a hospital in every version of a study, and another for another hospital or study', () => {
    const first = lockName({ study: 'heart', site: 'a' }, certificate('heart', 'root'));
    expect(lockName({ study: 'heart-2', site: 'a-2' }, certificate('heart', 'root'))).toBe(first);
    expect(lockName({ study: 'heart', site: 'a' }, certificate('heart', 'other'))).not.toBe(first);
    expect(lockName({ study: 'heart', site: 'a' }, certificate('lung', 'root'))).not.toBe(first);
  });
});
