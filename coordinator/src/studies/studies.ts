/** All studies of a coordinator: replayed at start, made from plan files, joined by invitation or as a demo hospital. */
import { join } from 'node:path';
import type { StudyView } from '@consilium/shared/federation';
import { type PlanError, parsePlan, planHash } from '@consilium/shared/study';
import { type CoordinatorKey, openEventLog } from '../audit/index.ts';
import { type Database, type FreeSpace, openBlobFiles, openPartialUploads } from '../store/index.ts';
import type { Demo } from './demo-study.ts';
import { openInvitations } from './invitations.ts';
import type { Log } from './log.ts';
import { uniqueId } from './names.ts';
import { nextVersion, type VersionOutcome } from './plan-versions.ts';
import { openSeating, type Seating } from './seating.ts';
import { createStudyHost, type HostParts, reopenStudyHost, type StudyHost } from './study-host.ts';

export interface Studies extends Seating {
  list(): StudyHost[];
  find(id: string): StudyHost | null;
  /** The newest demo study, if there is one. */
  demo(): StudyHost | null;
  create(text: string, fileName: string): Promise<{ ok: true; study: string } | { ok: false; errors: readonly PlanError[] }>;
  createDemo(): Promise<{ ok: true; study: string } | { ok: false; code: string; text: string }>;
  /** A changed plan as the next version: a study of its own with the same hospitals, which sign anew. `trial`: only says what changes. */
  newVersion(study: StudyHost, text: string, fileName: string, trial: boolean): Promise<VersionOutcome>;
  /** The version a study's plan replaces, and the one that replaces it, if they are here. */
  versions(study: StudyHost): { readonly previous: StudyHost | null; readonly next: StudyHost | null };
  /** Called with the new view after every change of any study. */
  onChange(listener: (view: StudyView) => void): void;
  close(): Promise<void>;
}

export interface StudiesParts {
  readonly database: Database;
  readonly key: CoordinatorKey;
  readonly space: FreeSpace;
  readonly dataDir: string;
  readonly demo: Demo | null;
  readonly graceMs: number;
  readonly uploadLimitBytes: number;
  readonly log: Log;
  readonly now: () => number;
}

const refused = (code: string, text: string) => ({ ok: false, code, text }) as const;

/** Replays every study and goes on with it; makes the demo study when there is none yet. */
export async function openStudies(parts: StudiesParts): Promise<Studies> {
  const { database, key, space, dataDir, demo, log, now } = parts;
  const events = openEventLog(database, key, space, now);
  const hosts = new Map<string, StudyHost>();
  const listeners: ((view: StudyView) => void)[] = [];
  let creating: Promise<unknown> = Promise.resolve();

  async function hostParts(id: string, isDemo: boolean): Promise<HostParts> {
    const blobs = await openBlobFiles(join(dataDir, 'blobs', id), space);
    const uploads = openPartialUploads(
      join(dataDir, 'uploads', id),
      blobs,
      space,
      parts.uploadLimitBytes,
      (hash) => hosts.get(id)?.needsBlob(hash) ?? true,
    );
    const onChange = (view: StudyView) => {
      for (const listener of listeners) listener(view);
    };
    return { id, demo: isDemo, events, blobs, uploads, graceMs: parts.graceMs, log, now, onChange };
  }

  const rows = await database.selectFrom('studies').selectAll().orderBy('position').execute();
  let position = 0;
  const unreadable = new Set<string>();
  for (const row of rows) {
    position = row.position + 1;
    const host = await reopenStudyHost(await hostParts(row.id, row.demo)).catch((error: unknown) => {
      log.error({ study: row.id, cause: String(error) }, 'this study cannot be replayed from its log and stays closed; the others go on');
      return 'unreadable' as const;
    });
    if (host === 'unreadable') {
      unreadable.add(row.id);
      continue;
    }
    // A study without its first event was being made when the process died; nobody has been told of it.
    if (host === null) await database.deleteFrom('studies').where('id', '=', row.id).execute();
    else hosts.set(row.id, host);
  }

  async function make(text: string, fileName: string, isDemo: boolean, replaces: string | null): ReturnType<Studies['create']> {
    const parsed = parsePlan(text, fileName);
    if (!parsed.ok) return { ok: false, errors: parsed.errors };
    const { plan } = parsed;
    const id = uniqueId(plan.study, (taken) => hosts.has(taken) || unreadable.has(taken), 'study');
    await database.insertInto('studies').values({ id, demo: isDemo, position }).execute();
    position += 1;
    const coordinatorKey = Buffer.from(key.publicKey).toString('base64');
    const created = {
      type: 'created',
      study: id,
      plan,
      planHash: planHash(plan),
      coordinatorKey,
      ...(replaces === null ? {} : { replaces }),
    } as const;
    try {
      hosts.set(id, await createStudyHost(await hostParts(id, isDemo), created));
    } catch (error) {
      // If the first event is in the log after all, the study stays, and comes up at the next start.
      await database
        .deleteFrom('studies')
        .where('id', '=', id)
        .execute()
        .catch(() => undefined);
      throw error;
    }
    for (const listener of listeners) listener(hosts.get(id)!.view());
    return { ok: true, study: id };
  }

  /** One at a time: two plans with the same id must not get the same study. */
  function makeInTurn(text: string, fileName: string, isDemo: boolean, replaces: string | null = null): ReturnType<Studies['create']> {
    const made = creating.then(() => make(text, fileName, isDemo, replaces));
    creating = made.catch(() => undefined);
    return made;
  }

  const versions: Studies['versions'] = ({ id, replaces }) => ({
    previous: replaces === null ? null : (hosts.get(replaces) ?? null),
    next: [...hosts.values()].find((host) => host.replaces === id) ?? null,
  });

  const studies: Studies = {
    versions,
    newVersion: (study, text, fileName, trial) =>
      nextVersion({ study, text, fileName, trial, hasNext: versions(study).next !== null }, async (plan) => {
        const made = await makeInTurn(JSON.stringify(plan), fileName, study.demo, study.id);
        return made.ok ? (hosts.get(made.study) ?? null) : null;
      }),
    list: () => [...hosts.values()],
    find: (id) => hosts.get(id) ?? null,
    demo: () => [...hosts.values()].filter((host) => host.demo).at(-1) ?? null,
    create: (text, fileName) => makeInTurn(text, fileName, false),
    async createDemo() {
      if (demo === null) return refused('no-demo', 'This coordinator was started without demo data.');
      const made = await makeInTurn(demo.planText, demo.planFileName, true);
      return made.ok ? made : refused('no-demo', `The demo plan is not valid: ${made.errors.map((error) => error.message).join(' ')}`);
    },
    ...openSeating(openInvitations(database, now), demo?.sites ?? [], log),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      await creating;
      for (const host of hosts.values()) await host.close();
    },
  };
  if (demo !== null && studies.demo() === null) {
    const made = await studies.createDemo();
    if (!made.ok) log.error({ code: made.code }, made.text);
  }
  return studies;
}
