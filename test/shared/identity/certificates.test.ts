/** Certificates, suspensions, and which device speaks for a site. */
import { ed25519Sign, toBase64 } from '@consilium/shared/crypto';
import {
  CERTIFICATE_SECONDS,
  certificateBytes,
  certifiedKeys,
  flawInCertificate,
  issueDeviceCertificate,
  issuePersonCertificate,
  issueSuspension,
  judgeCredentials,
  suspensionBytes,
} from '@consilium/shared/identity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateOf, DAY, deviceOf, NOW, publicOf, rootOf, rosterOf, STUDY, secretOf, verify } from './people.ts';

const flawAt = (at: number, certificate = certificateOf(1, { at: NOW })) => flawInCertificate({ certificate, study: STUDY, at, verify });

describe('a certificate', () => {
  it('holds from a day before it was issued until the end of its ninety days, by the clock of whoever checks', () => {
    expect(flawAt(NOW)).toBeNull();
    expect(flawAt(NOW - DAY)).toBeNull();
    expect(flawAt(NOW - DAY - 1)).toBe('not-yet-valid');
    expect(flawAt(NOW + CERTIFICATE_SECONDS)).toBeNull();
    expect(flawAt(NOW + CERTIFICATE_SECONDS + 1)).toBe('expired');
    for (const year of [-365, 365]) expect(flawAt(NOW + year * DAY)).not.toBeNull();
  });

  it('says nothing in another study, with any field changed, or under another root key', () => {
    const good = issuePersonCertificate({
      ...{ study: STUDY, rootSecret: secretOf(rootOf(1)), key: publicOf(7), at: NOW },
      ...{ role: 'clinician', name: 'A' },
    });
    expect(flawInCertificate({ certificate: good, study: STUDY, at: NOW, verify })).toBeNull();
    expect(flawInCertificate({ certificate: good, study: 'other', at: NOW, verify })).toBe('wrong-study');
    const changes = [
      { rootKey: publicOf(rootOf(2)) },
      { key: publicOf(8) },
      { issuedAt: NOW - 1 },
      { expiresAt: good.expiresAt + 1 },
      { role: 'data-manager' as const },
      { name: 'B' },
    ];
    for (const change of changes)
      expect(flawInCertificate({ certificate: { ...good, ...change }, study: STUDY, at: NOW, verify }), JSON.stringify(change)).toBe(
        'bad-signature',
      );
    // A person is not a device, whatever the fields say.
    const { role: _, name: __, ...fields } = good;
    expect(flawInCertificate({ certificate: { ...fields, kind: 'device' }, study: STUDY, at: NOW, verify })).toBe('bad-signature');
  });

  it('cannot be issued for longer than ninety days', () => {
    const long = { ...certificateOf(1, { at: NOW }), expiresAt: NOW + CERTIFICATE_SECONDS + 1 };
    const signed = { ...long, signature: toBase64(ed25519Sign(certificateBytes(long), secretOf(rootOf(1)))) };
    expect(flawAt(NOW, signed)).toBe('bad-times');
  });
});

describe('the device that speaks for a site', () => {
  const roster = rosterOf([1, 2, 3]);
  const judge = (certificates: ReturnType<typeof certificateOf>[], suspensions: ReturnType<typeof issueSuspension>[] = [], at = NOW) =>
    judgeCredentials({ roster, study: STUDY, credentials: { certificates, suspensions }, at, verify });

  it('is the newest one that its root key certified, in whatever order certificates come', () => {
    const all = [0, 1, 2].map((device) => certificateOf(1, { device, at: NOW - (5 - device) * DAY }));
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, certificateOf(2)], { minLength: 4 }), (shuffled) => {
        const { keys, flaws } = judge(shuffled);
        expect(keys.get(1)).toBe(publicOf(deviceOf(1, 2)));
        expect(keys.get(2)).toBe(publicOf(deviceOf(2)));
        expect(flaws).toEqual([{ site: 3, code: 'no-certificate' }]);
      }),
    );
  });

  it('is nobody a stranger certified', () => {
    const stranger = issueDeviceCertificate({ study: STUDY, rootSecret: secretOf(99), key: publicOf(55), at: NOW });
    const { keys, flaws } = judge([{ ...stranger, rootKey: publicOf(rootOf(1)) }, certificateOf(2), certificateOf(3)]);
    expect([keys.has(1), flaws]).toEqual([false, [{ site: 1, code: 'bad-signature' }]]);
  });

  it('is not one that was suspended, by the root key or by itself; an older device does not come back for it only if it was suspended too', () => {
    const [first, second] = [certificateOf(1), certificateOf(1, { device: 1, at: NOW })];
    const byRoot = issueSuspension({ study: STUDY, rootSecret: secretOf(rootOf(1)), key: second.key });
    const unsigned = { study: STUDY, rootKey: first.rootKey, key: first.key, by: 'device' } as const;
    const byItself = { ...unsigned, signature: toBase64(ed25519Sign(suspensionBytes(unsigned), secretOf(deviceOf(1)))) };
    expect(judge([first, second], [byRoot]).keys.get(1)).toBe(first.key);
    const none = judge([first, second], [byRoot, byItself]);
    expect([none.keys.has(1), none.flaws[0]]).toEqual([false, { site: 1, code: 'suspended' }]);
    // Nobody suspends another hospital's device.
    const foreign = issueSuspension({ study: STUDY, rootSecret: secretOf(rootOf(2)), key: second.key });
    expect(judge([first, second], [foreign]).keys.get(1)).toBe(second.key);
    expect(judge([first, second], [{ ...foreign, rootKey: first.rootKey }]).keys.get(1)).toBe(second.key);
    // What was seen once stays, whether it is shown again or not.
    const remembered = judgeCredentials({
      study: STUDY,
      ...{ roster, at: NOW, verify, suspended: new Set([`${second.rootKey} ${second.key}`]) },
      credentials: { certificates: [first, second], suspensions: [] },
    });
    expect(remembered.keys.get(1)).toBe(first.key);
  });

  it('is not taken out by whoever puts a certificate beside it that its root key never signed; nor is a suspension hidden by one', () => {
    const all = [certificateOf(1), certificateOf(2), certificateOf(3)];
    const forged = { ...certificateOf(1), rootKey: publicOf(199), signature: `${'A'.repeat(86)}==` };
    const victim = publicOf(deviceOf(1));
    const byStranger = issueSuspension({ study: STUDY, rootSecret: secretOf(199), key: victim });
    const byPeer = issueSuspension({ study: STUDY, rootSecret: secretOf(rootOf(2)), key: victim });
    const ofPeer = issueDeviceCertificate({ study: STUDY, rootSecret: secretOf(rootOf(2)), key: victim, at: NOW - 11 * DAY });
    expect(judge([...all, forged, ofPeer], [byStranger, byPeer]).flaws).toEqual([]);
    const elsewhere = issueSuspension({ study: 'another', rootSecret: secretOf(rootOf(1)), key: victim });
    expect(judge(all, [elsewhere]).flaws).toEqual([]);
    const own = issueSuspension({ study: STUDY, rootSecret: secretOf(rootOf(1)), key: victim });
    expect(judge([...all, forged, ofPeer], [own]).flaws).toEqual([{ site: 1, code: 'suspended' }]);
  });

  it('with a clock wrong by a year is nobody, and the reason is the time', () => {
    for (const [at, code] of [[NOW + 365 * DAY, 'expired'] as const, [NOW - 365 * DAY, 'not-yet-valid'] as const]) {
      const { keys, flaws } = judge([certificateOf(1), certificateOf(2), certificateOf(3)], [], at);
      expect([keys.size, flaws.map((flaw) => flaw.code)]).toEqual([0, [code, code, code]]);
    }
  });

  it('has signed for good what it signed: its key stays among the certified ones after it was replaced', () => {
    const [first, second] = [certificateOf(1), certificateOf(1, { device: 1, at: NOW })];
    const foreign = { ...certificateOf(2), rootKey: first.rootKey };
    expect(certifiedKeys({ roster, study: STUDY }, { certificates: [first, second, foreign], suspensions: [] }, verify).get(1)).toEqual([
      first.key,
      second.key,
    ]);
  });
});
