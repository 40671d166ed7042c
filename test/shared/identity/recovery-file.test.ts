/** The recovery file: what is sealed comes back with the passphrase, and every other try has a name. */
import { ed25519PublicKey, toBase64 } from '@consilium/shared/crypto';
import { openRecoveryFile, readRecoveryFile, sealRecoveryFile } from '@consilium/shared/identity';
import { describe, expect, it } from 'vitest';
import { secretOf } from './people.ts';

const PASSPHRASE = 'zoo zone zero youth you yellow year';
const sealed = await sealRecoveryFile({
  ...{ site: 'Sankt Göran', secret: secretOf(7), passphrase: PASSPHRASE },
  ...{ salt: new Uint8Array(16).fill(1), nonce: new Uint8Array(24).fill(2) },
});

const codeOf = (text: string, passphrase = PASSPHRASE) =>
  openRecoveryFile(text, passphrase).then(
    () => 'opened',
    (error: { code: string }) => error.code,
  );

describe('a recovery file', () => {
  it('gives the root secret back for its passphrase, however it is spaced', async () => {
    const opened = await openRecoveryFile(sealed, `  ${PASSPHRASE.toUpperCase().replaceAll(' ', '\n')} `);
    expect(opened).toEqual({ site: 'Sankt Göran', secret: secretOf(7), rootKey: toBase64(ed25519PublicKey(secretOf(7))) });
  });

  it('says whose it is before it is opened, and holds no secret in the clear', () => {
    expect(readRecoveryFile(sealed)).toMatchObject({ site: 'Sankt Göran', rootKey: toBase64(ed25519PublicKey(secretOf(7))) });
    expect(sealed).not.toContain(toBase64(secretOf(7)));
    expect(sealed).not.toContain('zoo');
  });

  it('refuses a wrong passphrase by name', async () => {
    expect(await codeOf(sealed, 'zoo zone zero youth you yellow yard')).toBe('wrong-passphrase');
  });

  it('refuses a file that was changed, cut or is something else, before it works on it', async () => {
    const file = JSON.parse(sealed);
    const changed = (change: object) => JSON.stringify({ ...file, ...change });
    const wrong = [
      '',
      'name,age\nA,3',
      'null',
      '[]',
      sealed.slice(0, -40),
      changed({ format: 'consilium recovery file 2' }),
      changed({ site: 'Other' }),
      changed({ sealed: file.sealed.replace(/^./, (first: string) => (first === 'A' ? 'B' : 'A')) }),
      changed({ rootKey: toBase64(ed25519PublicKey(secretOf(8))) }),
      changed({ checksum: '0'.repeat(64) }),
      changed({ further: 1 }),
    ];
    for (const text of wrong) expect(await codeOf(text), text.slice(0, 60)).toBe('recovery-damaged');
  });
});
