/**
 * A whole federation in this process: the coordinator's study and every site are the product's own functions; only clock,
 * network, storage and chance are pretended. The same seed gives the same bits.
 */
import { ed25519PublicKey, lengthPrefixed, sha256, toBase64 } from '@consilium/shared/crypto';
import {
  createStudyRunner,
  type ProgrammeState,
  type SiteDataReport,
  type SiteResults,
  type StudyEvent,
  type StudyTimer,
  type StudyView,
} from '@consilium/shared/federation';
import type { SiteMessage } from '@consilium/shared/protocol';
import { type Plan, planHash } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { SimulationError } from '../input/simulation-error.ts';
import type { SiteInput } from '../input/site-input.ts';
import { createPostOffice, type Wire } from './post-office.ts';
import { createPretendedWorld, type RoundTimes } from './pretended-world.ts';
import { verifyEd25519 } from './signing.ts';
import { createVirtualSite, type VirtualSite } from './virtual-site.ts';
import type { World } from './world-file.ts';

export interface Federation {
  readonly view: StudyView;
  readonly reports: ReadonlyMap<string, SiteDataReport>;
  readonly results: ReadonlyMap<string, SiteResults>;
  readonly programme: ProgrammeState;
  readonly wire: ReadonlyMap<string, Wire>;
  /** The log, as a coordinator would keep it. */
  readonly events: readonly StudyEvent[];
  /** Seconds of the pretended clock at which each round began and ended; null without a world. */
  readonly rounds: ReadonlyMap<number, RoundTimes> | null;
  /** Blobs by hash, as a coordinator would keep them. */
  readonly blobs: ReturnType<typeof createPostOffice>['blobs'];
}

export interface FederateInput {
  readonly plan: Plan;
  readonly sites: readonly SiteInput[];
  readonly splitCsv: Uint8Array | null;
  readonly backend: BackendName;
  /** Clock, network and faults; without one everything is at once and everybody stays. */
  readonly world?: World | undefined;
  readonly onChange?: (view: StudyView) => void;
  /** Faults: sees every message of a site before it is delivered, and may kill the site. */
  readonly onSend?: ((site: VirtualSite, message: SiteMessage) => void) | undefined;
  /** Sees the bytes of every masked vector. */
  readonly onUpload?: ((site: string, hash: string, bytes: Uint8Array) => void) | undefined;
  /** Called when nothing moves any more and no deadline is due: a fault may bring a site back. False ends the run. */
  readonly onStill?: (view: StudyView, sites: ReadonlyMap<string, VirtualSite>) => Promise<boolean>;
}

const ENDED: ReadonlySet<string> = new Set(['finished', 'stopped']);

/** Opens a site; what is wrong with its file is said with its name. */
async function openNamed(site: VirtualSite): Promise<SiteDataReport> {
  try {
    return await site.open();
  } catch (error) {
    throw new SimulationError(`${site.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws SimulationError with a plain sentence when the study ends without its results. */
export async function federate({ plan, sites, splitCsv, backend, ...input }: FederateInput): Promise<Federation> {
  const hash = planHash(plan);
  const post = createPostOffice(sites.map(({ id }) => id));
  const pretended = input.world === undefined ? null : createPretendedWorld(input.world, plan, sites);
  const coordinatorKey = toBase64(ed25519PublicKey(sha256(lengthPrefixed(['simulated key', plan.study, plan.seed, 'coordinator']))));
  const events: StudyEvent[] = [{ type: 'created', study: plan.study, plan, planHash: hash, coordinatorKey }];
  const results = new Map<string, SiteResults>();
  const failures: string[] = [];
  let timer: StudyTimer | null = null;
  let pending: Promise<unknown>[] = [];

  const runner = await createStudyRunner({
    events: [...events],
    world: {
      append: async (event) => {
        events.push(event);
      },
      send: (site, message) => {
        const member = members.get(site);
        if (member === undefined) return;
        if (pretended === null) member.receive(message);
        else pretended.toSite(member, message);
      },
      setTimer: (next) => {
        timer = next;
        pretended?.timerSet();
      },
      blobs: post.blobs,
      verify: verifyEd25519,
      notify: (view) => {
        pretended?.watch(view);
        input.onChange?.(view);
      },
      fail: (error) => failures.push(error instanceof Error ? error.message : String(error)),
    },
  });
  const dispatch = (event: StudyEvent): Promise<unknown> => {
    const done = runner.dispatch(event);
    pending.push(done);
    return done;
  };
  const report = (site: string, progress: Parameters<Parameters<typeof createVirtualSite>[0]['report']>[1]): void => {
    if (progress.type === 'results') results.set(site, progress.results);
    if (progress.type === 'error' || progress.type === 'refused') failures.push(`${site}: ${progress.text}`);
  };
  const onSend = (site: VirtualSite, message: SiteMessage): void => {
    pretended?.beforeSending(site, message);
    input.onSend?.(site, message);
  };
  const onUpload = (site: string, blobHash: string, bytes: Uint8Array): void => {
    pretended?.uploaded(site, bytes.length);
    input.onUpload?.(site, blobHash, bytes);
  };
  const deliver = (site: VirtualSite, message: SiteMessage): void => {
    const arrive = () => void dispatch({ type: 'message', site: site.id, message });
    if (pretended === null) arrive();
    else pretended.toCoordinator(site, message, arrive);
  };
  const members = new Map(
    sites.map((site): [string, VirtualSite] => {
      const distort = pretended?.distortionOf(site.id);
      const world = { plan, planHash: hash, input: site, splitCsv, backend, post, dispatch, report, onSend, onUpload, deliver, distort };
      return [site.id, createVirtualSite(world)];
    }),
  );

  const reports = new Map<string, SiteDataReport>();
  for (const site of members.values()) {
    await dispatch({ type: 'joined', site: site.id, name: site.name, certificate: site.certificate });
    reports.set(site.id, await openNamed(site));
  }
  await arrived();
  await dispatch({ type: 'start' });
  await arrived();
  for (const site of members.values()) await site.approve();
  await run();

  const view = runner.view();
  const programme =
    [...members.values()].map((site) => site.site()?.state().programme ?? null).find((state) => state?.stage.kind === 'done') ?? null;
  if (view.phase !== 'finished' || programme === null) {
    throw new SimulationError(['The study did not finish.', view.reason, ...new Set(failures)].filter(Boolean).join(' '));
  }
  return { view, reports, results, programme, wire: post.wire, events, rounds: pretended?.rounds ?? null, blobs: post.blobs };

  /** Until nothing moves any more. */
  async function settle(): Promise<void> {
    for (let seen = -1; seen !== events.length; ) {
      seen = events.length;
      for (const site of members.values()) await site.settled();
      const open = pending;
      pending = [];
      await Promise.all(open);
      for (const site of members.values()) await site.settled();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Until everything that is on its way has arrived; no deadline runs yet. */
  async function arrived(): Promise<void> {
    do await settle();
    while (pretended?.advance(Number.POSITIVE_INFINITY) === true);
  }

  /** Virtual time: when nothing moves, what is due next is now, a message on its way or a deadline. */
  async function run(): Promise<void> {
    for (;;) {
      await settle();
      if (ENDED.has(runner.view().phase)) return arrived();
      const due: StudyTimer | null = timer;
      if (pretended !== null && (await pretended.peopleCome(members))) continue;
      if (pretended?.advance(due?.seconds ?? Number.POSITIVE_INFINITY) === true) continue;
      timer = null;
      if (due !== null) {
        pretended?.deadline(due.seconds);
        await dispatch({ type: 'deadline', round: due.round, phase: due.phase });
      } else if (await pretended?.everybodyBack(members)) continue;
      else if (pretended?.mayResume() === true) await dispatch({ type: 'resume' });
      else if (!((await input.onStill?.(runner.view(), members)) ?? false)) return;
    }
  }
}
