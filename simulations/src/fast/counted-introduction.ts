/**
 * What is said before the first round and after the last, counted: sites join one after another, each told of the others; the
 * roster goes out; each signs; and at the end everyone hears that the study is over.
 */
import { CERTIFICATE_SECONDS } from '@consilium/shared/identity';
import { type CoordinatorMessage, PROTOCOL, type Roster, type SiteMessage } from '@consilium/shared/protocol';
import type { Plan } from '@consilium/shared/study';
import { HASH, KEY, SIGNATURE } from './placeholders.ts';
import type { SiteReadiness } from './shard.ts';

export interface Introduction {
  begin(): void;
  end(rounds: number): void;
}

export function siteIntroduction(input: {
  readonly plan: Plan;
  readonly planHash: string;
  readonly roster: Roster;
  readonly ready: readonly SiteReadiness[];
  up(index: number, message: SiteMessage): void;
  down(index: number, message: CoordinatorMessage): void;
}): Introduction {
  const { plan, planHash, roster, ready, up, down } = input;
  const { study } = plan;
  const ids = roster.sites.map(({ id }) => id);
  const heading = { protocol: PROTOCOL, study } as const;
  const state = (phase: string, present: number, signed: number, round: number | null): CoordinatorMessage => ({
    ...heading,
    kind: 'study-phase',
    phase,
    reason: '',
    present: ids.slice(0, present),
    signed: ids.slice(0, signed),
    round,
  });
  const tell = (sites: number, message: CoordinatorMessage): void => {
    for (let index = 0; index < sites; index++) down(index, message);
  };

  function join(index: number): void {
    const { id, name } = roster.sites[index]!;
    tell(index, state('gathering', index, 0, null)); // those before hear that another is on the list
    down(index, { ...heading, kind: 'welcome', plan, planHash, site: id, name, phase: 'gathering' });
    down(index, state('gathering', index, 0, null));
    up(index, { ...heading, kind: 'ready', ...ready[index]!, signature: SIGNATURE });
    tell(index + 1, state('gathering', index + 1, 0, null));
  }

  return {
    begin: () => {
      const count = ids.length;
      for (let index = 0; index < count; index++) join(index);
      const certificate = {
        kind: 'device',
        study,
        rootKey: KEY,
        key: KEY,
        issuedAt: 0,
        expiresAt: CERTIFICATE_SECONDS,
        signature: SIGNATURE,
      } as const;
      tell(count, { ...heading, kind: 'credentials', certificates: ids.map(() => certificate), suspensions: [] });
      tell(count, { ...heading, kind: 'roster', roster, signatures: [], earlier: [] });
      tell(count, state('signing', count, 0, null));
      const approval = { planHash, rosterHash: HASH, clientHash: HASH, signature: SIGNATURE };
      for (let index = 0; index < count; index++) {
        up(index, { ...heading, kind: 'approve', ...approval });
        const isLast = index + 1 === count;
        const after = state(isLast ? 'running' : 'signing', count, index + 1, null);
        if (!isLast) down(index, after);
        if (isLast) tell(count, { ...heading, kind: 'approvals', approvals: ids.map((_, site) => ({ site, ...approval })) });
        tell(count, after);
      }
    },
    end: (rounds) => tell(ids.length, state('finished', ids.length, ids.length, rounds)),
  };
}
