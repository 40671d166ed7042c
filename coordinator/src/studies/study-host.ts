/**
 * One study at its coordinator: the pure runner of `federation` with a real log, real blobs, real time and real sites.
 *
 * Rules: a site is known by the `joined` event in the log and by nothing else. One connection a site leads; a site that has
 * none for the grace time is gone. A study whose log cannot be written does nothing more until a person resumes it.
 */
import {
  type CoordinatorWorld,
  createStudyRunner,
  type PassportBody,
  type StudyEvent,
  type StudyRunner,
  type StudyTimer,
  type StudyView,
} from '@consilium/shared/federation';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';
import type { Plan } from '@consilium/shared/study';
import { type EventLog, type Link, verifyEd25519 } from '../audit/index.ts';
import type { BlobFiles, PartialUploads } from '../store/index.ts';
import { type HospitalDevices, hospitalDevices, type Outcome } from './hospital-devices.ts';
import { type HospitalSigners, hospitalSigners } from './hospital-signers.ts';
import type { Log } from './log.ts';

/** A socket that speaks for a site. */
export interface Connection {
  /** Names the page load: the same after a lost connection, another after a reload. */
  readonly load: string;
  send(message: CoordinatorMessage): void;
  /** Tells the tab why it no longer speaks for its site, and ends the connection. */
  dismiss(code: string, text: string): void;
}

export type StudyAction = 'start' | 'pause' | 'resume' | 'stop';

export interface StudyHost extends HospitalDevices, HospitalSigners {
  readonly id: string;
  readonly demo: boolean;
  readonly plan: Plan;
  readonly planHash: string;
  /** The study this is the next version of, or null. */
  readonly replaces: string | null;
  readonly blobs: BlobFiles;
  readonly uploads: PartialUploads;
  view(): StudyView;
  /** The study's passport without the coordinator's signature; null until it has closed. */
  passport(): Promise<PassportBody | null>;
  /** The whole event log. */
  links(): AsyncIterable<Link>;
  /** Whether the study still needs these bytes. */
  needsBlob(hash: string): boolean;
  /** Makes a connection the leading one of its site. */
  connect(site: string, connection: Connection): Promise<Outcome>;
  /** The connection ended; nothing happens if another leads by now. */
  disconnect(site: string, connection: Connection): void;
  say(site: string, message: SiteMessage): Promise<Outcome>;
  act(action: StudyAction): Promise<Outcome>;
  /** Stops timers and waits for what is being written. */
  close(): Promise<void>;
}

export interface HostParts {
  readonly id: string;
  readonly demo: boolean;
  readonly events: EventLog;
  readonly blobs: BlobFiles;
  readonly uploads: PartialUploads;
  /** How long a site without a connection still counts as present, milliseconds. */
  readonly graceMs: number;
  readonly log: Log;
  /** The coordinator's clock, milliseconds since 1970. */
  readonly now: () => number;
  onChange(view: StudyView): void;
}

/** After a restart nobody has a connection; tabs try again every five seconds at the latest. */
const RESTART_GRACE_MS = 15_000;

const UNWRITTEN: Outcome = { ok: false, code: 'unavailable', text: 'The coordinator could not write this down. Try again later.' };
const CLOSING: Outcome = { ok: false, code: 'unavailable', text: 'The coordinator is stopping.' };

/** Makes a new study from its first event, which is in the log before this resolves. */
export async function createStudyHost(parts: HostParts, created: Extract<StudyEvent, { type: 'created' }>): Promise<StudyHost> {
  await parts.events.append(parts.id, created);
  const host = await reopenStudyHost(parts);
  if (host === null) throw new Error('createStudyHost: the log is empty after its first event');
  return host;
}

/** Replays a study from its log and goes on where it was; null when the log has no event. */
export async function reopenStudyHost(parts: HostParts): Promise<StudyHost | null> {
  const { id, log } = parts;
  const leading = new Map<string, Connection>();
  const graces = new Map<string, NodeJS.Timeout>();
  const underway = new Set<Promise<unknown>>();
  let created: Extract<StudyEvent, { type: 'created' }> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const note = (event: StudyEvent): void => {
    if (event.type === 'created') created = event;
  };

  function setTimer(next: StudyTimer | null): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (next === null || closed) return;
    const { round, phase, seconds } = next;
    timer = setTimeout(() => void dispatch({ type: 'deadline', round, phase }), seconds * 1000);
  }

  const world: CoordinatorWorld = {
    append: async (event) => {
      await parts.events.append(id, event);
      note(event);
    },
    send: (site, message) => leading.get(site)?.send(message),
    setTimer,
    blobs: parts.blobs,
    verify: verifyEd25519,
    notify: (view) => parts.onChange(view),
    fail: (error) => {
      log.error({ study: id, code: codeOf(error), cause: causeOf(error) }, 'the study is paused: the coordinator failed');
      // A sum that could not be written fails beside the queue, while the study still runs.
      if (runner.view().phase === 'running') void dispatch({ type: 'pause' });
    },
  };

  async function* replay(): AsyncIterable<StudyEvent> {
    for await (const link of parts.events.links(id)) {
      const event = JSON.parse(link.event) as StudyEvent;
      note(event);
      yield event;
    }
  }

  const runner: StudyRunner = await createStudyRunner({ world, events: replay() });
  const first = created as Extract<StudyEvent, { type: 'created' }> | null;
  if (first === null) return null;

  async function dispatch(event: StudyEvent): Promise<Outcome> {
    if (closed) return CLOSING;
    const work = runner.dispatch(event).catch((error: unknown): Outcome => {
      log.error({ study: id, event: event.type, code: codeOf(error), cause: causeOf(error) }, 'an event could not be handled');
      return codeOf(error) === 'storage-full' ? { ok: false, code: 'storage-full', text: (error as Error).message } : UNWRITTEN;
    });
    underway.add(work);
    const outcome = await work;
    underway.delete(work);
    return outcome;
  }

  /** The tab that leads is told and let go; what it said before stays. */
  function dismiss(site: string, code: string, text: string): void {
    const connection = leading.get(site);
    leading.delete(site);
    connection?.dismiss(code, text);
  }

  function startGrace(site: string, graceMs: number): void {
    clearTimeout(graces.get(site));
    graces.set(
      site,
      setTimeout(() => {
        graces.delete(site);
        if (!leading.has(site)) void dispatch({ type: 'disconnected', site });
      }, graceMs),
    );
  }

  runner.resume();
  for (const site of runner.view().sites) if (site.connected) startGrace(site.id, Math.max(parts.graceMs, RESTART_GRACE_MS));

  return {
    id,
    demo: parts.demo,
    plan: first.plan,
    planHash: first.planHash,
    replaces: first.replaces ?? null,
    blobs: parts.blobs,
    uploads: parts.uploads,
    view: () => runner.view(),
    async passport() {
      const body = runner.passport();
      if (body === null) return null;
      return { ...body, log: await parts.events.head(id) };
    },
    links: () => parts.events.links(id),
    needsBlob: (hash) => runner.needsBlob(hash),
    ...hospitalDevices({ study: first.plan.study, runner, now: parts.now, dispatch, dismiss }),
    ...hospitalSigners({ study: first.plan.study, runner, now: parts.now, dispatch }),
    async connect(site, connection) {
      clearTimeout(graces.get(site));
      graces.delete(site);
      leading.set(site, connection);
      return dispatch({ type: 'connected', site, load: connection.load });
    },
    disconnect(site, connection) {
      if (leading.get(site) !== connection) return;
      leading.delete(site);
      if (!closed) startGrace(site, parts.graceMs);
    },
    say: (site, message) => dispatch({ type: 'message', site, message }),
    act: (action) => dispatch({ type: action }),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const grace of graces.values()) clearTimeout(grace);
      while (underway.size > 0) await Promise.allSettled(underway);
    },
  };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message : String(inner);
}
