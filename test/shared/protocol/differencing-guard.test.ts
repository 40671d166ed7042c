/** Sums that show a hospital only together: the search against its definition by enumeration, and a site that refuses. */
import { findIsolation } from '@consilium/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsolatingByEnumeration } from '../../reference/isolation-slow-twin.ts';
import { exampleQuery, exampleSites, exampleTerms } from './example.ts';
import { openWorld, settle } from './world.ts';

const upTo = (n: number, from = 1): number[] => Array.from({ length: n - from + 1 }, (_, i) => from + i);

describe('what sums leave when they are combined', () => {
  it.each<[string, number[][], number, readonly number[] | null]>([
    ['one sum of enough', [[1, 2, 3]], 3, null],
    ['one sum of too few', [[1, 2]], 3, [1, 2]],
    ['the same sum again', [upTo(4), upTo(4)], 3, null],
    ['two that differ by one', [upTo(4), upTo(3)], 3, [4]],
    ['two that differ by the minimum', [upTo(6), upTo(3)], 3, null],
    [
      'an exchange of one for another',
      [
        [1, 2, 3, 4],
        [1, 2, 3, 5],
      ],
      3,
      [4, 5],
    ],
    ['three of which no two do', [upTo(6), [1, 2, 3], [4, 5, 6, 7]], 3, [7]],
    [
      'four that share a hospital, of which no three do',
      [
        [1, 2, 3, 4, 5, 6, 7],
        [1, 5, 6, 7],
        [1, 2, 3, 4, 8, 9, 10],
        [1, 8, 9, 10, 11],
      ],
      3,
      [11],
    ],
    [
      'two halves and the whole with a factor',
      [
        [1, 2, 3, 4, 5, 6],
        [1, 2, 3, 7, 8, 9],
        [4, 5, 6, 7, 8, 9, 10],
      ],
      3,
      null,
    ],
    ['nothing yet', [], 3, null],
  ])('%s', (_, cohorts, minimum, left) => {
    const found = findIsolation(cohorts, minimum);
    expect(found).toEqual(left === null ? { kind: 'safe' } : { kind: 'isolates', sites: left });
    expect(isIsolatingByEnumeration(cohorts, minimum)).toBe(left !== null);
  });

  it('the examples of three and of four need all of them', () => {
    const three = [upTo(6), [1, 2, 3], [4, 5, 6, 7]];
    const four = [
      [1, 2, 3, 4, 5, 6, 7],
      [1, 5, 6, 7],
      [1, 2, 3, 4, 8, 9, 10],
      [1, 8, 9, 10, 11],
    ];
    for (const all of [three, four])
      for (const one of all)
        expect(
          findIsolation(
            all.filter((other) => other !== one),
            3,
          ).kind,
        ).toBe('safe');
  });

  it('is what enumeration says, for every minimum and for as many safe as unsafe stories', () => {
    const sites = upTo(8);
    const cohorts = fc.array(fc.subarray(sites, { minLength: 3 }), { minLength: 1, maxLength: 5 });
    const seen = { safe: 0, isolates: 0, undecided: 0 };
    fc.assert(
      fc.property(cohorts, fc.integer({ min: 1, max: 5 }), (sets, minimum) => {
        const found = findIsolation(sets, minimum);
        seen[found.kind] += 1;
        expect(found.kind === 'isolates').toBe(isIsolatingByEnumeration(sets, minimum));
        if (found.kind !== 'isolates') return;
        expect(found.sites.length).toBeLessThan(minimum);
        expect(isIsolatingByEnumeration(sets, found.sites.length + 1)).toBe(true);
      }),
      { numRuns: 800, seed: 3 },
    );
    expect(seen.safe).toBeGreaterThan(100);
    expect(seen.isolates).toBeGreaterThan(100);
    expect(seen.undecided).toBe(0);
  });

  it('is found among 200 hospitals and thirty sums, and where the search is too long it is taken for a danger', () => {
    const halves = upTo(30).map((k) => upTo(200).filter((site) => (site * (k + 7)) % 31 < 15));
    expect(findIsolation(halves, 3).kind).toBe('safe');
    expect(findIsolation([...halves, halves[4]!.slice(0, -1)], 3)).toEqual({ kind: 'isolates', sites: [halves[4]!.at(-1)] });
    expect(findIsolation(halves, 3, 5)).toEqual({ kind: 'undecided' });
  });
});

describe('a site', () => {
  const SITES = exampleSites(7); // 3, 5, 7, 9, 11, 13, 15
  const [a, b, c, d, e, f, g] = SITES as [number, number, number, number, number, number, number];
  const openWith = (earlier: readonly (readonly (readonly number[])[])[], ownMinimum = 3) => {
    const world = openWorld({ terms: exampleTerms(SITES, { query: exampleQuery() }), sites: SITES, earlier, ownMinimum });
    settle(world);
    return [...world.sites.values()].map(({ outcome, said }) => [
      outcome?.kind === 'refused' ? outcome.code : outcome?.kind,
      said.some(({ kind }) => kind === 'consistency'),
    ]);
  };

  it('signs no sum that shows fewer than the minimum together with earlier ones', () => {
    for (const outcome of openWith([[[a, b, c, d, e, f]]])) expect(outcome).toEqual(['would-isolate', false]);
    for (const outcome of openWith([
      [
        [a, b, c, d, e, f, g],
        [a, b, c, d, e],
      ],
      [],
    ]))
      expect(outcome).toEqual(['would-isolate', false]);
  });

  it('keeps its own, larger minimum in differences too', () => {
    for (const [outcome] of openWith([[[a, b, c, d]]])) expect(outcome).toBe('released');
    for (const outcome of openWith([[[a, b, c, d]]], 4)) expect(outcome).toEqual(['would-isolate', false]);
  });

  it('judges sums over different rows apart, and signs the same contributors again', () => {
    for (const [outcome] of openWith([[[a, b, c, d]], [[a, b, c, e]]])) expect(outcome).toBe('released');
    for (const [outcome] of openWith([[SITES], [SITES]])) expect(outcome).toBe('released');
  });
});
