/** What a coordinator that cheats lies with: messages changed on their way, lists cut and swapped, signatures of a hospital that works with it. */
import { toBase64 } from '@consilium/shared/crypto';
import {
  type Advert,
  advertBytes,
  type CoordinatorMessage,
  type CoordinatorMessageKind,
  type CoordinatorSays,
} from '@consilium/shared/protocol';
import { linearPlan, SITE_IDS } from '../reference/small-hospitals.ts';
import type { Cheat, Siege } from './siege-world.ts';

export const PLAN = linearPlan();
export const FIVE = [...SITE_IDS, 'zenith'];

export type Heard = readonly CoordinatorMessage[];
export type Says<Kind extends CoordinatorMessageKind> = CoordinatorSays<Kind>;

/** Changes one kind of message to the victims. */
export function lie<Kind extends CoordinatorMessageKind>(
  kind: Kind,
  victims: readonly string[],
  change: (message: Says<Kind>, to: string, siege: Siege) => object,
): Cheat {
  return {
    toSite: (to, message, siege) =>
      message.kind === kind && victims.includes(to)
        ? [{ ...message, ...change(message as Says<Kind>, to, siege) } as CoordinatorMessage]
        : [message],
  };
}

export const without = <Item extends { site: number }>(list: readonly Item[], ...sites: number[]) =>
  list.filter(({ site }) => !sites.includes(site));
export const swap = <Item extends { site: number }>(list: readonly Item[], site: number, change: object): Item[] =>
  list.map((item) => (item.site === site ? { ...item, ...change } : item));

/** An advert that its site's own key did sign: a hospital that works with the coordinator. */
export function signedBy(siege: Siege, advert: Advert, change: Partial<Advert>, round: number): Advert {
  const roster = rosterOf(siege);
  const unsigned = { ...advert, ...change };
  const colluder = siege.hospitals.get(FIVE[advert.site]!)!;
  return { ...unsigned, signature: toBase64(colluder.sign(advertBytes({ roster, round }, unsigned))) };
}

function rosterOf({ mail }: Siege) {
  const found = mail.find(({ message }) => message.kind === 'roster')?.message;
  if (found?.kind !== 'roster') throw new Error('there is no roster yet');
  return found.roster;
}

export function advertsSaid({ hospitals }: Siege, round: number): Advert[] {
  return [...hospitals.values()].flatMap(({ said }) =>
    said.flatMap((message) => {
      if (message.kind !== 'advertise-keys' || message.round !== round) return [];
      const { protocol: _, study: __, round: ___, kind: ____, ...advert } = message;
      return [advert];
    }),
  );
}
