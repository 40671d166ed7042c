/** Lies of a coordinator, told to five honest sites, and how a site must end when it hears one. */
import { toBase64 } from '@consilium/shared/crypto';
import {
  type Advert,
  advertBytes,
  type CoordinatorMessage,
  type CoordinatorMessageKind,
  type CoordinatorSays,
  type RejectionCode,
} from '@consilium/shared/protocol';
import { expect } from 'vitest';
import { exampleSites, exampleTerms, siteKey } from './example.ts';
import { type Cheat, openWorld, type Setting, settle, type World } from './world.ts';

export const SITES = exampleSites(5);
export const [A, B, C, D, E] = SITES as [number, number, number, number, number];
export const TERMS = exampleTerms(SITES);

/** Changes one kind of message, for the victims only. */
export function lie<Kind extends CoordinatorMessageKind>(
  kind: Kind,
  change: (message: CoordinatorSays<Kind>, to: number, world: World) => object | readonly object[],
  victims: readonly number[] = [A],
): Cheat {
  return {
    toSite: (to, message, world) => {
      if (message.kind !== kind || !victims.includes(to)) return [message];
      const changed = change(message as CoordinatorSays<Kind>, to, world);
      return (Array.isArray(changed) ? changed : [{ ...message, ...changed }]) as CoordinatorMessage[];
    },
  };
}

export function play(cheat: Cheat, change: Partial<Setting> = {}): World {
  const world = openWorld({ terms: TERMS, sites: SITES, cheat, ...change });
  settle(world);
  return world;
}

const SAYINGS = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency'] as const;

/** The site ended by itself, by this code, and the last thing it had said before was the given one. */
export function expectRefusal(world: World, site: number, code: RejectionCode, lastSaid?: (typeof SAYINGS)[number]) {
  const { outcome, said, state } = world.sites.get(site)!;
  expect(outcome).toEqual({ kind: 'refused', code });
  const kinds = said.map(({ kind }) => kind);
  expect(kinds).not.toContain('unmask');
  if (lastSaid !== undefined) expect(kinds).toEqual([...SAYINGS.slice(0, SAYINGS.indexOf(lastSaid) + 1), 'refuse']);
  expect(Object.keys(state).sort()).toEqual(['index', 'lastRound', 'outcome', 'phase']); // no secret is kept
}

export const swap = <Item extends { site: number }>(list: readonly Item[], site: number, change: (item: Item) => Item): Item[] =>
  list.map((item) => (item.site === site ? change(item) : item));
export const without = <Item extends { site: number }>(list: readonly Item[], ...sites: number[]) =>
  list.filter(({ site }) => !sites.includes(site));
export const signedAdvert = (advert: Advert, round = TERMS.round): Advert => ({
  ...advert,
  signature: toBase64(siteKey(advert.site).sign(advertBytes({ roster: TERMS.roster, round }, advert))),
});
export const ZERO_KEY = toBase64(new Uint8Array(32));
export const OTHER_HASH = 'ee'.repeat(32);
