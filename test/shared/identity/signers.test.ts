/** The two people who sign for a hospital: who is taken, whose signature counts, what the roster says of them. */
import { ed25519Sign, toBase64 } from '@consilium/shared/crypto';
import {
  areSignersComplete,
  checkWords,
  flawInNewSigner,
  issuePersonCertificate,
  PERSON_WORDS_HEARD,
  personWords,
  rosterHash,
  rosterSchema,
  type Stretch,
  shorterRoster,
  signedPeople,
} from '@consilium/shared/identity';
import { approveBytes } from '@consilium/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOf, personKeyOf, personOf, publicOf, rootOf, rosterOf, STUDY, secretOf, verify, withSigners } from './people.ts';

const [ada, ben] = [personOf(2, 1, { name: 'Ada' }), personOf(2, 2, { name: 'Ben' })];
const roster = withSigners(rosterOf([1, 2, 3]), { 2: [ada, ben] });
const entry = roster.sites[1]!;
const bytes = approveBytes({ roster, site: 2 }, { planHash: '1'.repeat(64), rosterHash: rosterHash(roster), clientHash: '2'.repeat(64) });
const sign = (key: string, by: number, what = bytes) => ({ key, signature: toBase64(ed25519Sign(what, secretOf(by))) });
const [byAda, byBen] = [sign(ada.key, personKeyOf(2, 1)), sign(ben.key, personKeyOf(2, 2))];
const judge = (signatures: readonly { key: string; signature: string }[], of = entry, what = bytes) => {
  const input = { entry: of, study: STUDY, bytes: what, signatures, verify };
  return [signedPeople(input).map(({ name }) => name), areSignersComplete(input)];
};

describe('two people who sign', () => {
  it('have signed once both have; one of them has not, nor one who signed twice', () => {
    expect(judge([byAda, byBen])).toEqual([['Ada', 'Ben'], true]);
    expect(judge([byBen, byAda])).toEqual([['Ada', 'Ben'], true]);
    expect(judge([byAda])).toEqual([['Ada'], false]);
    expect(judge([])).toEqual([[], false]);
    expect(judge([byAda, byAda])).toEqual([['Ada'], false]);
    // The other's name over the one's signature, and the other way round.
    expect(judge([byAda, { ...byAda, key: ben.key }])).toEqual([['Ada'], false]);
    expect(
      judge([
        { key: ada.key, signature: byBen.signature },
        { key: ben.key, signature: byAda.signature },
      ]),
    ).toEqual([[], false]);
  });

  it('are asked of nobody that has declared none: a roster without people reads as before', () => {
    expect(judge([], roster.sites[0])).toEqual([[], true]);
  });

  it('are the two on the list, each over the very bytes: no stranger, no device, no other plan', () => {
    const stranger = personOf(2, 3);
    const elsewhere = approveBytes(
      { roster, site: 2 },
      { planHash: '9'.repeat(64), rosterHash: rosterHash(roster), clientHash: '2'.repeat(64) },
    );
    expect(judge([byAda, sign(stranger.key, personKeyOf(2, 3))])).toEqual([['Ada'], false]);
    expect(judge([byAda, sign(publicOf(deviceOf(2)), deviceOf(2))])).toEqual([['Ada'], false]);
    expect(judge([byAda, sign(ben.key, personKeyOf(2, 2), elsewhere)])).toEqual([['Ada'], false]);
    expect(judge([byAda, byBen], entry, elsewhere)).toEqual([[], false]);
  });

  it('count only with a certificate of the hospital’s own root key, for this study', () => {
    const forged = { ...ben, name: 'Somebody else' };
    const foreign = { ...personOf(3, 2), rootKey: entry.rootKey };
    const issued = (study: string, root: number) =>
      issuePersonCertificate({
        ...{ study, rootSecret: secretOf(root), key: ben.key, at: ben.issuedAt },
        ...{ role: 'clinician', name: 'Ben' },
      });
    // Whole in themselves, of another study and of another hospital.
    for (const other of [issued('another', rootOf(2)), issued(STUDY, rootOf(3))])
      expect(judge([byAda, byBen], { ...entry, signers: [ada, other] })).toEqual([['Ada'], false]);
    for (const other of [forged, foreign, { ...ben, study: 'another' }])
      expect(judge([byAda, sign(other.key, personKeyOf(other === foreign ? 3 : 2, 2))], { ...entry, signers: [ada, other] })).toEqual([
        ['Ada'],
        false,
      ]);
  });

  it('are complete exactly when the set of those who signed is the whole, whatever else lies beside', () => {
    const noise = [byAda, byBen, sign(ada.key, 77), sign(ben.key, 78), sign(publicOf(79), 79)];
    fc.assert(
      fc.property(fc.shuffledSubarray(noise), (some) => {
        expect(judge(some)[1]).toBe(some.includes(byAda) && some.includes(byBen));
      }),
    );
  });

  it('have two keys and two names, and there is no third', () => {
    expect(flawInNewSigner([], ada)).toBeNull();
    expect(flawInNewSigner([ada], ben)).toBeNull();
    expect(flawInNewSigner([ada], { ...ben, key: ada.key })).toBe('person-twice');
    for (const name of ['Ada', ' ada ', 'ADA']) expect(flawInNewSigner([ada], { ...ben, name })).toBe('person-same-name');
    expect(flawInNewSigner([{ ...ada, name: 'Ada  Lovelace' }], { ...ben, name: 'ada lovelace' })).toBe('person-same-name');
    expect(flawInNewSigner([ada, ben], personOf(2, 3, { name: 'Cleo' }))).toBe('people-complete');
  });
});

describe('a roster with people', () => {
  it('is another roster than without them, with others, in another order, or with another date', () => {
    const renewed = personOf(2, 2, { name: 'Ben', at: ben.issuedAt + 1 });
    const lists = [
      ...[
        rosterOf([1, 2, 3]),
        roster,
        withSigners(rosterOf([1, 2, 3]), { 2: [ben, ada] }),
        withSigners(rosterOf([1, 2, 3]), { 2: [ada, renewed] }),
      ],
      ...[
        withSigners(rosterOf([1, 2, 3]), { 2: [ada, personOf(2, 3)] }),
        withSigners(rosterOf([1, 2, 3]), { 3: [personOf(3, 1), personOf(3, 2)] }),
      ],
    ];
    expect(new Set(lists.map(rosterHash)).size).toBe(lists.length);
  });

  it('lists exactly two of the hospital’s own, and no key stands for two', () => {
    const isGood = (people: { readonly [site: number]: readonly (typeof ada)[] }) =>
      rosterSchema.safeParse(JSON.parse(JSON.stringify(withSigners(rosterOf([1, 2, 3]), people)))).success;
    expect(isGood({ 2: [ada, ben] })).toBe(true);
    expect(isGood({ 2: [ada, ben], 3: [personOf(3, 1), personOf(3, 2)] })).toBe(true);
    for (const people of [[], [ada], [ada, ada], [ada, ben, personOf(2, 3)]]) expect(isGood({ 2: people })).toBe(false);
    expect(isGood({ 2: [ada, personOf(3, 2)] })).toBe(false);
    expect(isGood({ 2: [ada, { ...ben, key: rosterOf([1]).sites[0]!.rootKey }] })).toBe(false);
    expect(isGood({ 2: [ada, ben], 3: [{ ...ada, rootKey: rosterOf([3]).sites[0]!.rootKey }, personOf(3, 2)] })).toBe(false);
  });

  it('keeps them when it becomes shorter', () => {
    expect(shorterRoster(roster, ['site-1']).sites[0]).toEqual(entry);
  });
});

describe('the words of a person', () => {
  const cheap: Stretch = async ({ secret, length }) => {
    const { createHash } = await import('node:crypto');
    return new Uint8Array(createHash('sha256').update(secret).digest().subarray(0, length));
  };

  it('are others for another key, name, role or study, so that a key that was swapped on the way is heard', async () => {
    const made = { study: STUDY, key: ada.key, role: ada.role, name: ada.name };
    const others = [{ key: ben.key }, { name: 'Adam' }, { role: 'clinician' as const }, { study: 'another' }];
    const words = await personWords(made, cheap);
    expect(words).toHaveLength(6);
    const heard = (list: readonly string[]) => PERSON_WORDS_HEARD.map((place) => list[place] ?? '');
    expect(checkWords(words, PERSON_WORDS_HEARD, heard(words))).toEqual({ outcome: 'same' });
    for (const change of others)
      expect(checkWords(words, PERSON_WORDS_HEARD, heard(await personWords({ ...made, ...change }, cheap)))).toEqual({ outcome: 'differ' });
  });
});
