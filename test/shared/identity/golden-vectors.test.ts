/**
 * What root keys sign and what people read to each other: the product, a slow twin and the vectors recorded in `test/vectors/identity.json`
 * give the same.
 *
 * Rewriting: REWRITE_VECTORS=1 npx vitest run --project node test/shared/identity/golden
 */
import { pbkdf2, scryptSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { fromBase64, toHex } from '@consilium/shared/crypto';
import {
  certificateBytes,
  passphraseOf,
  personWords,
  rosterBytes,
  rosterHash,
  rosterWords,
  type Stretch,
  sealRecoveryFile,
  successionBytes,
  suspensionBytes,
} from '@consilium/shared/identity';
import nacl from 'tweetnacl';
import { expect, it } from 'vitest';
import { twinCertificate, twinPersonWords, twinRoster, twinSuccession, twinSuspension, twinWords } from '../../reference/identity-bytes.ts';
import { NOW, personOf, publicOf, rosterOf, secretOf, withSigners } from './people.ts';

const PATH = new URL('../../vectors/identity.json', import.meta.url);
const stretch: Stretch = ({ secret, salt, iterations, length }) => promisify(pbkdf2)(secret, salt, iterations, length, 'sha256');

const roster = rosterOf([3, 5, 260 % 200]);
const next = rosterOf([3, 5], { version: 2, previous: rosterHash(roster) });
const device = { kind: 'device', study: 'example', rootKey: publicOf(1), key: publicOf(2), issuedAt: NOW, expiresAt: NOW + 60 } as const;
const person = { ...device, kind: 'person', role: 'data-protection-officer', name: 'Åsa Öberg' } as const;
const withPeople = withSigners(roster, { 5: [personOf(5, 1), personOf(5, 2)] });
const suspension = { study: 'example', rootKey: publicOf(1), key: publicOf(2), by: 'root' } as const;
const recovery = {
  site: 'Sankt Göran',
  secret: secretOf(9),
  passphrase: 'Abandon  ability able about above absent ABSORB ',
  salt: new Uint8Array(16).fill(4),
  nonce: new Uint8Array(24).fill(5),
};

async function product(): Promise<Record<string, string>> {
  return {
    device: toHex(certificateBytes(device)),
    person: toHex(certificateBytes(person)),
    suspension: toHex(suspensionBytes(suspension)),
    succession: toHex(successionBytes({ current: roster, next, site: 5 })),
    words: (await rosterWords(roster, stretch)).join(' '),
    'roster with people': toHex(rosterBytes(withPeople)),
    'person words': (await personWords(person, stretch)).join(' '),
    passphrase: passphraseOf(Uint8Array.from({ length: 14 }, (_, i) => 17 * i)),
    recovery: JSON.parse(await sealRecoveryFile(recovery)).sealed,
  };
}

function twin(): Record<string, string> {
  const key = scryptSync('abandon ability able about above absent absorb', recovery.salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
  const bits = Array.from({ length: 14 }, (_, i) => (17 * i).toString(2).padStart(8, '0')).join('');
  return {
    device: twinCertificate(device).toString('hex'),
    person: twinCertificate(person).toString('hex'),
    suspension: twinSuspension(suspension).toString('hex'),
    succession: twinSuccession({ study: 'example', version: 1, current: rosterHash(roster), next: rosterHash(next), site: 5 }).toString(
      'hex',
    ),
    words: twinWords(rosterBytes(roster)).join(' '),
    'roster with people': twinRoster(withPeople).toString('hex'),
    'person words': twinPersonWords(person).join(' '),
    passphrase: Array.from({ length: 7 }, (_, i) => WORDS[Number.parseInt(bits.slice(11 * i, 11 * i + 11), 2)]).join(' '),
    recovery: Buffer.from(nacl.secretbox(recovery.secret, recovery.nonce, new Uint8Array(key))).toString('base64'),
  };
}

const { wordlist: WORDS } = await import('@scure/bip39/wordlists/english.js');

it('what is signed and read aloud is what the slow twin writes, and what was recorded', async () => {
  const made = await product();
  expect(made).toEqual(twin());
  if (process.env.REWRITE_VECTORS === '1') writeFileSync(PATH, `${JSON.stringify(made, null, 2)}\n`);
  expect(made).toEqual(JSON.parse(readFileSync(PATH, 'utf8')));
  expect(fromBase64(made.recovery ?? '')).toHaveLength(48);
});

it('no two kinds of certificate, suspension or succession are ever the same bytes', async () => {
  const { device, person, suspension, succession } = await product();
  expect(new Set([device, person, suspension, succession].map((hex) => hex?.slice(0, 60))).size).toBeGreaterThanOrEqual(3);
  expect(new Set([device, person, suspension, succession]).size).toBe(4);
});
