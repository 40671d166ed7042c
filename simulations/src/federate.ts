/**
 * A whole federation in this process: the coordinator's study and every site are the product's own functions; only clock,
 * network, storage and chance are pretended. The same seed gives the same bits.
 */
import { ed25519PublicKey, lengthPrefixed, randomStream, sha256, toBase64 } from '@consilium/shared/crypto';
import {
  createSite,
  createStudyRunner,
  newSiteRecord,
  type ProgrammeState,
  type Site,
  type SiteDataReport,
  type SiteResults,
  type StudyEvent,
  type StudyTimer,
  type StudyView,
} from '@consilium/shared/federation';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { type Plan, planHash } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { createPostOffice, sizeOf, type Wire } from './post-office.ts';
import { signer, verifyEd25519 } from './signing.ts';
import type { SiteInput } from './site-input.ts';

export interface Federation {
  readonly view: StudyView;
  readonly reports: ReadonlyMap<string, SiteDataReport>;
  readonly results: ReadonlyMap<string, SiteResults>;
  readonly programme: ProgrammeState;
  readonly wire: ReadonlyMap<string, Wire>;
  readonly events: readonly StudyEvent[];
}

export interface FederateInput {
  readonly plan: Plan;
  readonly sites: readonly SiteInput[];
  readonly splitCsv: Uint8Array | null;
  readonly backend: BackendName;
  readonly onChange?: (view: StudyView) => void;
}

const STUDY_ENDED = new Set(['finished', 'stopped']);

/** @throws Error with a plain sentence when the study ends without its results. */
export async function federate({ plan, sites, splitCsv, backend, onChange }: FederateInput): Promise<Federation> {
  const hash = planHash(plan);
  const study = plan.study;
  const post = createPostOffice(sites.map(({ id }) => id));
  const events: StudyEvent[] = [];
  const members = new Map<string, Site>();
  const results = new Map<string, SiteResults>();
  const failures: string[] = [];
  let timer: StudyTimer | null = null;
  let pending: Promise<unknown>[] = [];

  const created: StudyEvent = {
    type: 'created',
    study,
    plan,
    planHash: hash,
    coordinatorKey: toBase64(ed25519PublicKey(secretOf(plan, 'coordinator'))),
  };
  const runner = await createStudyRunner({
    events: [created],
    world: {
      append: async (event) => {
        events.push(event);
      },
      send: (site, message: CoordinatorMessage) => {
        post.countDown(site, sizeOf(message));
        members.get(site)?.receive(structuredClone(message));
      },
      setTimer: (next) => {
        timer = next;
      },
      blobs: post.blobs,
      verify: verifyEd25519,
      notify: (view) => onChange?.(view),
      fail: (error) => failures.push(error instanceof Error ? error.message : String(error)),
    },
  });
  const dispatch = (event: StudyEvent): Promise<unknown> => {
    const done = runner.dispatch(event);
    pending.push(done);
    return done;
  };

  const reports = new Map<string, SiteDataReport>();
  for (const { id, name, csv } of sites) {
    const secret = secretOf(plan, id);
    const sign = signer(secret);
    const chance = randomStream(sha256(lengthPrefixed(['simulated chance', plan.seed, hash, id])));
    const publicKey = toBase64(ed25519PublicKey(secret));
    const site = createSite({
      study,
      plan,
      planHash: hash,
      clientHash: '0'.repeat(64),
      site: { id, name, publicKey },
      record: newSiteRecord(study, chance.bytes(32)),
      backend,
      ownMinimum: 3,
      world: {
        random: chance.bytes,
        sign: async (messages) => messages.map(sign),
        verify: verifyEd25519,
        save: async () => undefined,
        send: async (message) => {
          post.countUp(id, sizeOf(message));
          void dispatch({ type: 'message', site: id, message });
        },
        upload: async (_hash, bytes) => {
          post.countUp(id, bytes.length);
          await post.blobs.put(bytes);
        },
        download: async (name_) => {
          const bytes = await post.blobs.get(name_);
          if (bytes === null) throw new Error('a blob is missing');
          post.countDown(id, bytes.length);
          return bytes;
        },
        report: (progress) => {
          if (progress.type === 'results') results.set(id, progress.results);
          if (progress.type === 'error' || progress.type === 'refused') failures.push(`${name}: ${progress.text}`);
        },
        now: () => 0,
      },
    });
    members.set(id, site);
    reports.set(id, site.load({ csv, splitCsv }));
    await dispatch({ type: 'joined', site: id, name, publicKey });
    await dispatch({ type: 'connected', site: id, load: 'simulated' });
    await site.ready();
  }
  await settle();
  await dispatch({ type: 'start' });
  await settle();
  for (const site of members.values()) await site.approve();
  await run();

  const view = runner.view();
  const programme = [...members.values()][0]?.state().programme ?? null;
  if (view.phase !== 'finished' || programme === null)
    throw new Error(`The study did not finish. ${[view.reason, ...failures].filter(Boolean).join(' ')}`);
  return { view, reports, results, programme, wire: post.wire, events };

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

  /** Virtual time: when nothing moves, the next deadline is now. */
  async function run(): Promise<void> {
    for (;;) {
      await settle();
      if (STUDY_ENDED.has(runner.view().phase) || timer === null) return;
      const due: StudyTimer = timer;
      timer = null;
      await dispatch({ type: 'deadline', round: due.round, phase: due.phase });
    }
  }
}

/** Device keys of a simulation, from its seed. */
const secretOf = (plan: Plan, name: string): Uint8Array => sha256(lengthPrefixed(['simulated key', plan.study, plan.seed, name]));
