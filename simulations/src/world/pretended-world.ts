/**
 * The world of a simulation at work: messages take their time, tabs close and open again, a hostile site lies. It stands between the
 * coordinator's rules and the sites', which are the product's own and do not know of it.
 */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import type { StudyView } from '@consilium/shared/federation';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';
import type { EncodedVector } from '@consilium/shared/secagg';
import type { Plan } from '@consilium/shared/study';
import type { SiteInput } from '../input/site-input.ts';
import { attackVector } from './attack.ts';
import { sizeOf } from './post-office.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualSite } from './virtual-site.ts';
import type { World } from './world-file.ts';

export interface RoundTimes {
  readonly from: number;
  readonly to: number;
}

export type PretendedWorld = ReturnType<typeof createPretendedWorld>;

/** How often the coordinator's person tries again before a sum is released. */
const MOST_RESUMES = 50;

export function createPretendedWorld(world: World, plan: Plan, sites: readonly SiteInput[]) {
  const clock = createVirtualClock();
  const rowsOf = new Map(sites.map(({ id, csv }) => [id, csv.reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), -1)]));
  const links = new Map(sites.map(({ id }) => [id, { upFree: 0, downFree: 0, uploading: 0, openedAt: 0 }]));
  const counted = plan.algorithm.kind === 'newton' ? 'newton' : 'update';
  const times = new Map<number, { from: number; to: number }>();
  let resumes = 0;
  let releasedAtResume = 0;
  let ended = 0;
  let timerAt = 0;
  let view: StudyView | null = null;

  const changes = (id: string) => world.sites[id];
  const networkOf = (id: string) => ({ ...world.network, ...changes(id)?.network });
  const linkOf = (id: string) => links.get(id) ?? { upFree: 0, downFree: 0, uploading: 0, openedAt: 0 };

  /** The round that is open, as the plan counts it; null in every other kind of round. */
  function countedRound(): number | null {
    if (view === null || view.round?.kind !== counted) return null;
    const { number } = view.round;
    return view.timeline.filter((item) => item.kind === counted && item.outcome === 'released' && item.round < number).length + 1;
  }

  const roundsDone = (): number => view?.timeline.filter(({ kind, outcome }) => kind === counted && outcome === 'released').length ?? 0;

  /** Whether a site's tab is closed in a counted round by the world's schedule. */
  function isAwayIn(id: string, number: number): boolean {
    const site = changes(id);
    if (site === undefined || number > plan.rounds.count) return false;
    return number < site.joins || site.away.some(({ from, to }) => number >= from && number <= to);
  }

  /** In rounds that are not counted only who has not joined yet is away. */
  function isAwayNow(id: string): boolean {
    const now = countedRound();
    const joins = changes(id)?.joins ?? 1;
    return now === null ? joins > 1 && roundsDone() + 1 < joins && roundsDone() < plan.rounds.count : isAwayIn(id, now);
  }

  function dropsOut(id: string, message: SiteMessage): boolean {
    const { dropout } = world;
    const now = countedRound();
    if (dropout === undefined || now === null || message.kind !== dropout.at) return false;
    return (
      randomStream(sha256(utf8Bytes(`consilium dropout ${world.seed} ${plan.seed} ${id} ${view?.round?.number}`))).uniform() < dropout.rate
    );
  }

  /** Pretended seconds of one round of a site's training. */
  function trainingSeconds(id: string): number {
    const passes = 'localEpochs' in plan.algorithm ? plan.algorithm.localEpochs : 1;
    return ((world.training.secondsPerThousandRows * (rowsOf.get(id) ?? 0)) / 1000) * passes * (changes(id)?.slower ?? 1);
  }

  return {
    rounds: times as ReadonlyMap<number, RoundTimes>,

    /** The coordinator's message on its way to a site. */
    toSite(site: VirtualSite, message: CoordinatorMessage): void {
      const link = linkOf(site.id);
      const { latencyMs, downMbps } = networkOf(site.id);
      const load = site.loads();
      link.downFree = Math.max(clock.now(), link.downFree) + (8 * sizeOf(message)) / (downMbps * 1e6);
      clock.at(link.downFree + latencyMs / 1000, () => {
        if (site.loads() !== load) return;
        if (message.kind === 'open-round' && isAwayNow(site.id)) {
          if (view?.round?.phase === 'advertising') site.kill();
          return;
        }
        if (message.kind === 'open-round') link.openedAt = clock.now();
        site.receive(message);
      });
    },

    /** A site's message on its way to the coordinator, its training and its upload before it. */
    toCoordinator(site: VirtualSite, message: SiteMessage, arrive: () => void): void {
      const link = linkOf(site.id);
      const { latencyMs, upMbps } = networkOf(site.id);
      const isTrained = message.kind === 'masked-vector' && countedRound() !== null;
      const ready = isTrained ? Math.max(clock.now(), link.openedAt + trainingSeconds(site.id)) : clock.now();
      link.upFree = Math.max(ready, link.upFree) + (8 * (sizeOf(message) + link.uploading)) / (upMbps * 1e6);
      link.uploading = 0;
      const load = site.loads();
      clock.at(link.upFree + latencyMs / 1000, () => {
        if (site.loads() === load) arrive();
      });
    },

    uploaded(site: string, sizeBytes: number): void {
      linkOf(site).uploading += sizeBytes;
    },

    beforeSending(site: VirtualSite, message: SiteMessage): void {
      if (dropsOut(site.id, message)) site.kill();
    },

    distortionOf(id: string): ((stage: string, vector: EncodedVector) => EncodedVector) | undefined {
      const attack = changes(id)?.attack;
      const bits = 'bits' in plan.algorithm ? plan.algorithm.bits : 24;
      if (attack === undefined) return undefined;
      return (stage, vector) => (stage === 'update' ? attackVector(attack, vector, bits, sites.length) : vector);
    },

    watch(next: StudyView): void {
      view = next;
      const number = next.round?.number;
      if (number !== undefined && !times.has(number)) times.set(number, { from: clock.now(), to: clock.now() });
      for (const { round } of next.timeline.slice(ended)) {
        const open = times.get(round);
        if (open !== undefined) open.to = clock.now();
      }
      ended = next.timeline.length;
    },

    timerSet(): void {
      timerAt = clock.now();
    },

    /** Goes on to the next arrival, if it is before the deadline. */
    advance(limitSeconds: number): boolean {
      if (clock.next() === Number.POSITIVE_INFINITY || clock.next() > timerAt + limitSeconds) return false;
      clock.advance();
      return true;
    },

    deadline(seconds: number): void {
      clock.goTo(timerAt + seconds);
    },

    /** Opens closed tabs in good time for the next round they are there for: a reload in a running round takes part from the next. */
    async peopleCome(members: ReadonlyMap<string, VirtualSite>): Promise<boolean> {
      if (view === null || (view.phase === 'running' && (view.round === null || view.round.phase === 'advertising'))) return false;
      const next = (countedRound() ?? roundsDone()) + 1;
      const coming = [...members.values()].filter((site) => site.site() === null && !isAwayIn(site.id, next));
      for (const site of coming) await site.open();
      return coming.length > 0;
    },

    /** A paused study goes on when its coordinator says so; a world that lets no round through is not tried for ever. */
    mayResume(): boolean {
      const released = view?.timeline.filter(({ outcome }) => outcome === 'released').length ?? 0;
      if (released > releasedAtResume) resumes = 0;
      releasedAtResume = released;
      resumes += 1;
      return view?.phase === 'paused' && resumes <= MOST_RESUMES;
    },

    /** A study that waits and has no deadline waits for people: they come, whatever the schedule says. */
    async everybodyBack(members: ReadonlyMap<string, VirtualSite>): Promise<boolean> {
      const closed = [...members.values()].filter((site) => site.site() === null);
      for (const site of closed) await site.open();
      return closed.length > 0;
    },
  };
}
