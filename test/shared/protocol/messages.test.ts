import { readFileSync } from 'node:fs';
import { toBase64 } from '@consilium/shared/crypto';
import {
  BANDS,
  bandOf,
  explainRejection,
  parseCoordinatorMessage,
  parseSiteMessage,
  REJECTIONS,
  type RejectionCode,
  rosterSchema,
} from '@consilium/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRoster, exampleSites, exampleTerms } from './example.ts';
import { openWorld, settle } from './world.ts';

const SITES = exampleSites(4);
const world = openWorld({ terms: exampleTerms(SITES), sites: SITES });
settle(world);
const said = world.sites.get(SITES[0]!)!.said;
const heard = world.effects.flatMap((effect) => (effect.type === 'send' && effect.to === SITES[0] ? [effect.message] : []));
const MALFORMED = { ok: false, code: 'malformed' };

/** All ways to break one message: each key removed, added, or given a value of another type. */
function broken(message: object): unknown[] {
  const keys = Object.keys(message);
  const removed = keys.map((key) => Object.fromEntries(Object.entries(message).filter(([other]) => other !== key)));
  const replaced = keys.flatMap((key) =>
    [null, -1, 0.5, Number.NaN, '', 'x', 'A'.repeat(100_000), [[]], {}].map((value) => ({ ...message, [key]: value })),
  );
  return [...removed, ...replaced, { ...message, extra: 1 }];
}

describe('parsing', () => {
  it.each(said)('a $kind message with a field missing, added or of another form is malformed', (message) => {
    expect(parseSiteMessage(message)).toEqual({ ok: true, message });
    for (const bad of broken(message)) {
      const parsed = parseSiteMessage(bad);
      if (parsed.ok)
        expect(Object.keys(parsed.message).sort()).toEqual(Object.keys(message).sort()); // a list may be empty
      else expect(parsed).toEqual(MALFORMED);
    }
    expect(parseSiteMessage({ ...message, extra: 1 })).toEqual(MALFORMED);
    expect(parseSiteMessage({ ...message, protocol: 2 })).toEqual(MALFORMED);
    expect(parseSiteMessage({ ...message, signature: undefined, round: '7' })).toEqual(MALFORMED);
  });

  it.each(heard)('a $kind message of the coordinator is read strictly', (message) => {
    expect(parseCoordinatorMessage(message)).toEqual({ ok: true, message });
    expect(parseCoordinatorMessage({ ...message, extra: 1 })).toEqual(MALFORMED);
    for (const bad of broken(message)) expect(() => parseCoordinatorMessage(bad)).not.toThrow();
    expect(parseSiteMessage(message)).toEqual(MALFORMED);
  });

  it('gives one text for one message, however its fields were ordered', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      );
    };
    for (const message of said) expect(JSON.stringify(parseSiteMessage(reversed(message)))).toBe(JSON.stringify(parseSiteMessage(message)));
    for (const message of heard) {
      expect(JSON.stringify(parseCoordinatorMessage(reversed(message)))).toBe(JSON.stringify(parseCoordinatorMessage(message)));
    }
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseSiteMessage(value)).toEqual(MALFORMED);
        expect(parseCoordinatorMessage(value)).toEqual(MALFORMED);
      }),
    );
  });

  it('does not throw at what is nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(parseCoordinatorMessage({ protocol: 1, study: 'a', round: 1, kind: 'open-round', query: { options: deep } })).toEqual(MALFORMED);
    expect(parseSiteMessage(deep)).toEqual(MALFORMED);
  });

  it('bytes have one spelling: other base64 of the same bytes is malformed', () => {
    const advert = said[0]!;
    if (advert.kind !== 'advertise-keys') throw new Error('a site advertises first');
    const key = toBase64(new Uint8Array(32));
    expect(parseSiteMessage({ ...advert, maskKey: key })).toMatchObject({ ok: true });
    for (const other of [`${key.slice(0, 42)}B=`, key.slice(0, -1), `${key} `, key.replace('=', '')]) {
      expect(parseSiteMessage({ ...advert, maskKey: other })).toEqual(MALFORMED);
    }
  });

  it('a list longer than the largest study is malformed', () => {
    const shares = said[1]!;
    if (shares.kind !== 'share-keys') throw new Error('a site shares second');
    const many = Array.from({ length: 201 }, () => shares.shares[0]!);
    expect(parseSiteMessage({ ...shares, shares: many })).toEqual(MALFORMED);
    expect(parseSiteMessage({ ...shares, shares: [{ ...shares.shares[0]!, sealed: 'AAAA'.repeat(300) }] })).toEqual(MALFORMED);
    expect(parseSiteMessage({ ...shares, shares: [{ ...shares.shares[0]!, sealed: 'AB==' }] })).toEqual(MALFORMED);
  });
});

describe('the roster', () => {
  const roster = exampleRoster(SITES);
  const [first, second] = roster.sites;
  it.each([
    ['indices out of order', [second, first]],
    ['one index twice', [first, { ...second!, index: first!.index }]],
    ['one id twice', [first, { ...second!, id: first!.id }]],
    ['one key twice', [first, { ...second!, rootKey: first!.rootKey }]],
    ['no site', []],
    ['half a character in a name', [{ ...first!, name: 'Hospital \ud800' }]],
  ])('with %s is refused', (_, sites) => {
    expect(rosterSchema.safeParse({ ...roster, sites }).success).toBe(false);
    expect(rosterSchema.safeParse(roster).success).toBe(true);
  });
});

it('docs/protocol.md names every code with its sentence, and every kind of message', () => {
  const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8').replace(/ +/g, ' '); // columns may be aligned
  for (const [code, sentence] of Object.entries(REJECTIONS)) expect(page).toContain(`| \`${code}\` | ${sentence} |`);
  for (const { kind } of [...said, ...heard]) expect(page).toContain(`\`${kind}\``);
});

it('every rejection has one sentence', () => {
  for (const code of Object.keys(REJECTIONS) as RejectionCode[]) expect(explainRejection(code)).toMatch(/^[A-Z].*\.$/);
});

it('a band holds the counts it names', () => {
  expect([0, 1, 9, 10, 49, 50, 303, 9999, 10_000, 1e9].map(bandOf)).toEqual([
    '0',
    '1-9',
    '1-9',
    '10-49',
    '10-49',
    '50-99',
    '200-499',
    '5000-9999',
    '10000 or more',
    '10000 or more',
  ]);
  fc.assert(
    fc.property(fc.nat(20_000), (count) => {
      const [low, high] = bandOf(count)
        .split(/-| or more/)
        .map(Number);
      expect(count).toBeGreaterThanOrEqual(low!);
      if (high) expect(count).toBeLessThanOrEqual(high);
      expect(BANDS).toContain(bandOf(count));
    }),
  );
  for (const bad of [-1, 0.5, Number.NaN]) expect(() => bandOf(bad)).toThrow(RangeError);
});
