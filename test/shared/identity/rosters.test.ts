/** How a roster follows another, and how two hospitals compare the words of one. */
import { ed25519Sign, toBase64 } from '@consilium/shared/crypto';
import {
  checkWords,
  hiddenWords,
  hospitalsToCall,
  judgeSuccessor,
  maySignSuccessor,
  NO_HASH,
  passphraseOf,
  plainWord,
  type Roster,
  rosterHash,
  rosterWords,
  successionBytes,
} from '@consilium/shared/identity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOf, publicOf, rootOf, rosterOf, secretOf, verify } from './people.ts';

const current = rosterOf([1, 2, 3, 5]);
const keys = new Map(current.sites.map(({ index }) => [index, [publicOf(deviceOf(index))]]));
const follower = (change: Partial<Roster> = {}): Roster => rosterOf([1, 2, 3], { version: 2, previous: rosterHash(current), ...change });
const sign = (site: number, next: Roster, by = site) => ({
  site,
  signature: toBase64(ed25519Sign(successionBytes({ current, next, site }), secretOf(deviceOf(by)))),
});
const judge = (offered: Roster, signatures: ReturnType<typeof sign>[], needed = 3) =>
  judgeSuccessor({ current, offered, signatures, keys, needed, verify });

describe('a roster that takes the place of another', () => {
  it('names it, keeps its places, and is signed by enough of its sites', () => {
    const next = follower();
    expect(
      judge(
        next,
        [1, 2, 5].map((site) => sign(site, next)),
      ),
    ).toBe('follows');
    expect(judge(current, [])).toBe('same');
  });

  it.each<[string, Roster, string]>([
    ['an older one', rosterOf([1, 2, 3], { version: 0 as never }), 'roster-rolled-back'],
    ['another one of the same version', rosterOf([1, 2, 3]), 'roster-forked'],
    ['one with a version in between', follower({ version: 3 }), 'roster-gap'],
    ['one that follows another list', follower({ previous: NO_HASH }), 'roster-wrong-previous'],
    ['one of another study', follower({ study: 'other' }), 'roster-mismatch'],
    [
      'one that gives a place to another hospital',
      follower({ sites: rosterOf([1, 2, 3]).sites.map((site) => (site.index === 2 ? { ...site, id: 'stranger' } : site)) }),
      'roster-mismatch',
    ],
    [
      'one that moves a hospital to another place',
      follower({ sites: rosterOf([1, 2, 7]).sites.map((site) => (site.index === 7 ? { ...site, id: 'site-3' } : site)) }),
      'roster-mismatch',
    ],
  ])('is not %s, whoever signs', (_what, offered, code) => {
    expect(
      judge(
        offered,
        [1, 2, 3, 5].map((site) => sign(site, offered)),
      ),
    ).toBe(code);
  });

  it('is not believed with too few signatures, counted by hospital and each under its own key', () => {
    const next = follower();
    const other = follower({ policy: { minimum: 4 } });
    expect(judge(next, [sign(1, next), sign(2, next)])).toBe('roster-unsigned');
    expect(judge(next, [sign(1, next), sign(1, next), sign(1, next)])).toBe('roster-unsigned');
    expect(judge(next, [sign(1, next), sign(2, next), sign(3, next, 1)])).toBe('roster-unsigned');
    expect(judge(next, [sign(1, next), sign(2, next), sign(3, other)])).toBe('roster-unsigned');
    expect(judge(next, [sign(1, next), sign(2, next), sign(9, next, 3)])).toBe('roster-unsigned');
  });

  it('is signed by a hospital at most once for each version, so that two successors cannot both have enough', () => {
    const [one, two] = [follower(), follower({ policy: { minimum: 4 } })].map(rosterHash);
    const of = rosterHash(current);
    expect(maySignSuccessor([], { of, successor: one! })).toBe(true);
    expect(maySignSuccessor([{ of, successor: one! }], { of, successor: one! })).toBe(true);
    expect(maySignSuccessor([{ of, successor: one! }], { of, successor: two! })).toBe(false);
    expect(maySignSuccessor([{ of, successor: one! }], { of: one!, successor: two! })).toBe(true);
    fc.assert(
      // t of n, t > (n + c) / 2: two sets of signers share an honest hospital.
      fc.property(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 1, max: 5 }), (n, c) => {
        const t = Math.max(Math.floor((2 * n) / 3) + 1, Math.floor((n + c) / 2) + 1);
        expect(2 * t - n).toBeGreaterThan(c);
      }),
    );
  });
});

describe('the words of a roster', () => {
  const words = passphraseOf(Uint8Array.from({ length: 14 }, (_, i) => 31 * i + 5))
    .split(' ')
    .concat(['zoo', 'zone', 'zero', 'youth', 'you']);

  it('change with anything in it', async () => {
    const cheap = async ({ secret }: { secret: Uint8Array }) => {
      const { createHash } = await import('node:crypto');
      return new Uint8Array(createHash('sha256').update(secret).digest());
    };
    const variants = [
      current,
      follower(),
      { ...current, coordinatorKey: publicOf(3) },
      { ...current, policy: { minimum: 4 } },
      rosterOf([1, 2, 3, 5], { sites: current.sites.map((site) => (site.index === 5 ? { ...site, rootKey: publicOf(rootOf(6)) } : site)) }),
    ];
    const all = await Promise.all(variants.map(async (roster) => (await rosterWords(roster, cheap)).join(' ')));
    expect(new Set(all).size).toBe(variants.length);
    expect(all.every((text) => text.split(' ').length === 12)).toBe(true);
  });

  it('are never all on one screen: each hospital hears three from one that sees them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), (count) => {
        const roster = rosterOf(Array.from({ length: count }, (_, i) => 2 * i + 1));
        for (const { index } of roster.sites) {
          const hidden = hiddenWords(roster, index);
          expect(hidden).toHaveLength(3);
          const call = hospitalsToCall(roster, index);
          expect(call.length).toBeGreaterThan(0);
          for (const other of call) expect(hiddenWords(roster, other).some((at) => hidden.includes(at))).toBe(false);
        }
      }),
    );
  });

  it('are the same only when what was heard is what was hidden', () => {
    const hidden = [1, 5, 9];
    const heard = hidden.map((at) => words[at]!);
    expect(checkWords(words, hidden, heard)).toEqual({ outcome: 'same' });
    expect(
      checkWords(
        words,
        hidden,
        heard.map((word) => ` ${word.toUpperCase()} `),
      ),
    ).toEqual({ outcome: 'same' });
    expect(checkWords(words, hidden, [...heard].reverse())).toEqual({ outcome: 'differ' });
    expect(checkWords(words, hidden, [heard[0]!, heard[1]!, 'zebra'])).toEqual({ outcome: 'differ' });
    expect(checkWords(words, hidden, [heard[0]!, 'nottaword', ''])).toEqual({ outcome: 'unknown', positions: [5, 9] });
    expect(checkWords(words, hidden, [])).toEqual({ outcome: 'unknown', positions: hidden });
    expect(plainWord('  Zoo ')).toBe('zoo');
  });
});
