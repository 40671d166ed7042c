/**
 * Sums of other versions of a study, for the differencing guard: a version is a study of its own with places of its own, so contributors are named
 * by their root keys, which stay. They come from what this browser keeps of the versions it took part in.
 *
 * Rule: a hospital that is not on the list of this version keeps a place nobody has, so that a difference that leaves it is seen too.
 */
import type { Roster } from '../identity/index.ts';
import type { Cohorts } from '../protocol/index.ts';
import type { SiteRecord } from './contracts.ts';
import type { Contributors, RowSet } from './contributors.ts';
import type { KeyedContributors, Seat } from './record-parts.ts';

export const noEarlierSums: KeyedContributors = { training: [], validation: [], test: [] };

/** Places of lists that were in force, whoever left since. */
export const withSeats = (known: readonly Seat[], { sites }: Roster): readonly Seat[] => [
  ...known,
  ...sites.filter(({ index }) => known.every((seat) => seat.index !== index)).map(({ index, rootKey }) => ({ index, rootKey })),
];

/** What a record says of its own version and the ones before, for the next. */
export function keyedContributors({ study, contributors, earlier, seats, roster }: SiteRecord): KeyedContributors {
  const places = roster === null ? seats : withSeats(seats, roster); // a record of an older page has no seats
  const keyOf = (index: number) => places.find((seat) => seat.index === index)?.rootKey ?? `place ${index} of ${study}`;
  const own = (rows: RowSet) => contributors[rows].map((sites) => sites.map(keyOf).sort());
  return joinKeyed(earlier, { training: own('training'), validation: own('validation'), test: own('test') });
}

/** Both lists together, each set of contributors once. */
export function joinKeyed(a: KeyedContributors, b: KeyedContributors): KeyedContributors {
  const join = (rows: RowSet) => [...new Map([...a[rows], ...b[rows]].map((keys) => [keys.join(), keys])).values()];
  return { training: join('training'), validation: join('validation'), test: join('test') };
}

/** Above every index a list can hold. */
const ELSEWHERE = 1_000_000;

/** The same with the places of this version's list. */
export function placedContributors(keyed: KeyedContributors, { sites }: Pick<Roster, 'sites'>): Contributors {
  const all = Object.values(keyed).flat(2);
  const here = new Map(sites.map(({ rootKey, index }) => [rootKey, index]));
  const gone = [...new Set(all)].filter((key) => !here.has(key)).sort();
  const placeOf = (key: string) => here.get(key) ?? ELSEWHERE + gone.indexOf(key);
  const placed = (rows: RowSet): Cohorts => keyed[rows].map((keys) => keys.map(placeOf).sort((x, y) => x - y));
  return { training: placed('training'), validation: placed('validation'), test: placed('test') };
}
