import { signedAbout } from '@consilium/client/session';
import { lengthPrefixed } from '@consilium/shared/crypto';
import { readyBytes } from '@consilium/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('what a signed text is about', () => {
  it('is the phase of a message of the protocol', () => {
    expect(signedAbout(readyBytes({ study: 's', id: 'north', rows: '100–199', events: '20–49', checks: 'pass' } as never))).toBe('ready');
  });

  it('is the domain of anything else', () => {
    expect(signedAbout(lengthPrefixed(['consilium hello 1', 'study', 'site']))).toBe('consilium hello 1');
  });

  it('is some short text for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => signedAbout(bytes).length <= 80));
  });
});
