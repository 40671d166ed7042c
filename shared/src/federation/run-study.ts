/**
 * The coordinator's side joined to a world: every event is appended to the log, then stepped, then its effects performed.
 * One event at a time; a restart is a replay, so an effect may happen twice and nothing minds.
 */
import type { Credentials, Roster } from '../identity/index.ts';
import { explainRejection, PROTOCOL, roundSum } from '../protocol/index.ts';
import { isPacked, packVector, unpackVector } from '../secagg/index.ts';
import type { CoordinatorWorld, StudyEvent, StudyView } from './contracts.ts';
import { createLogEntries, type LogEntries } from './log-entry.ts';
import { passportBody } from './passport-body.ts';
import { stateBytes } from './state-bytes.ts';
import { openStudy, type StudyTools, studyStep } from './study.ts';
import { announcePhase, type StudyEffect, type SumJob } from './study-effects.ts';
import { needsBlob, pauseFor } from './study-rounds.ts';
import { credentialsOf, type GivenApproval, type StudySite, type StudyState, siteById } from './study-state.ts';
import { studyView } from './study-view.ts';

export type Dispatched = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly text: string };

export interface StudyRunner {
  /** Logs and performs one event; resolves when its effects are performed. */
  dispatch(event: StudyEvent): Promise<Dispatched>;
  view(): StudyView;
  /** A site that has joined, with its keys; null for any other. */
  site(id: string): StudySite | null;
  /** Its certificates and suspensions, in order. */
  credentialsOf(id: string): Credentials;
  /** The list in force, and what the device of a site has signed under it. */
  roster(): Roster | null;
  approvalOf(id: string): GivenApproval | null;
  /** What the passport says of the study itself; null until it has closed. */
  passport(): ReturnType<typeof passportBody>;
  /** Whether the study still needs these bytes. */
  needsBlob(hash: string): boolean;
  /** After a replay: arms the timer of the open phase again and redoes a sum that was not finished. */
  resume(): void;
}

/**
 * @param input.events - The log so far; its first entry is `created`. Replayed without effects.
 * @throws TypeError when the log does not begin with `created`.
 */
export async function createStudyRunner(input: {
  readonly world: CoordinatorWorld;
  readonly events: AsyncIterable<StudyEvent> | Iterable<StudyEvent>;
}): Promise<StudyRunner> {
  const { world } = input;
  let state: StudyState | null = null;
  const entries = createLogEntries();
  for await (const event of input.events) {
    entries.replayed(event);
    if (state === null) {
      if (event.type !== 'created') throw new TypeError('createStudyRunner: expected the log to begin with `created`');
      state = openStudy(event);
    } else state = studyStep(state, event, await toolsFor(world, state, event)).state;
  }
  if (state === null) throw new TypeError('createStudyRunner: expected a log with a first event');
  return runnerOf(world, state, entries);
}

function runnerOf(world: CoordinatorWorld, first: StudyState, entries: LogEntries): StudyRunner {
  let state = first;
  let isPauseUnlogged = false;
  let queue: Promise<unknown> = Promise.resolve();

  const dispatch = (event: StudyEvent): Promise<Dispatched> => {
    const result = queue.then(() => handle(event));
    queue = result.catch(() => undefined);
    return result;
  };

  async function handle(event: StudyEvent): Promise<Dispatched> {
    try {
      const lacking = await missingVector(world, state, event);
      if (lacking !== null) return lacking;
      const tools = await toolsFor(world, state, event);
      if (isPauseUnlogged) await world.append({ type: 'pause' }); // replay must see it where it was
      isPauseUnlogged = false;
      const step = studyStep(state, event, tools);
      const entry = entries.entryFor(state, step, event);
      if (entry !== null) await world.append(entry);
      state = step.state;
      await performAll(step.effects);
      world.notify(studyView(state));
      if (event.type === 'resume') await redoUnfinished();
      const refused = step.effects.find((effect) => effect.type === 'refuse');
      return refused?.type === 'refuse' ? { ok: false, code: refused.code, text: refused.code } : { ok: true };
    } catch (error) {
      giveUp(error);
      return { ok: false, code: 'storage-full', text: 'The coordinator could not write to its disk. Nothing was counted.' };
    }
  }

  /** The world failed: nothing more is opened until a person resumes. */
  function giveUp(error: unknown): void {
    if (state.phase === 'running') {
      state = pauseFor(state, 'storage', null).state;
      isPauseUnlogged = true;
    }
    world.notify(studyView(state));
    world.fail(error);
  }

  /** The event is in the log, so every effect is tried; one that fails does not lose the others. */
  async function performAll(effects: readonly StudyEffect[]): Promise<void> {
    const failures: unknown[] = [];
    for (const effect of effects) await perform(effect).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) giveUp(failures[0]);
  }

  async function perform(effect: StudyEffect): Promise<void> {
    switch (effect.type) {
      case 'send':
        return world.send(effect.site, effect.message);
      case 'timer':
        return world.setTimer(effect.timer);
      case 'keep':
        await world.blobs.put(effect.bytes);
        return;
      case 'sum':
        void addUp(effect.round, effect.job);
        return;
      case 'forget':
        for (const hash of effect.hashes) await world.blobs.remove(hash);
        return;
      case 'refuse':
        return;
    }
  }

  /** Runs beside the queue: a large sum must not hold up other studies' messages. */
  async function addUp(round: number, job: SumJob): Promise<void> {
    try {
      const masked: Uint8Array[] = [];
      for (const { hash } of job.masked) {
        const bytes = await world.blobs.get(hash);
        if (bytes === null) return void (await dispatch({ type: 'lost', round }));
        masked.push(bytes);
      }
      const bytes = packVector(roundSum(job.layout, masked, job.masks), job.layout);
      const hash = await world.blobs.put(bytes);
      await dispatch({ type: 'summed', round, hash, sizeBytes: bytes.length });
    } catch (error) {
      world.fail(error);
    }
  }

  /** What a failed disk or a restart may have left undone: the deadline, the state sites catch up to, and a sum. */
  async function redoUnfinished(): Promise<void> {
    const { round, programme, waiting } = state;
    if (round !== null && waiting !== null && round.phase !== 'summing') {
      world.setTimer({ round: state.roundNumber, phase: round.phase, seconds: waiting.limitSeconds });
    }
    if (programme !== null) await performAll([{ type: 'keep', bytes: stateBytes(programme) }]);
    if (round?.phase !== 'summing') return;
    const masked = round.survivors.map(({ site, hash }) => ({ site, hash }));
    void addUp(state.roundNumber, { type: 'sum', layout: round.terms.query.layout, masked, masks: round.masks });
  }

  return {
    dispatch,
    view: () => studyView(state),
    site: (id) => siteById(state, id) ?? null,
    credentialsOf: (id) => credentialsOf(state, id),
    roster: () => state.roster,
    approvalOf: (id) => state.approvals[id] ?? null,
    passport: () => passportBody(state),
    needsBlob: (hash) => needsBlob(state, hash),
    resume: () => {
      void performAll(announcePhase(state)).then(redoUnfinished);
      world.notify(studyView(state));
    },
  };
}

/** The sum a `summed` event names, read back from its blob. */
async function toolsFor(world: CoordinatorWorld, { round }: StudyState, event: StudyEvent): Promise<StudyTools> {
  if (event.type !== 'summed' || round === null) return { verify: world.verify, sum: null };
  const bytes = await world.blobs.get(event.hash);
  if (bytes === null) throw new Error(`the sum of round ${event.round} is not among the blobs`);
  return { verify: world.verify, sum: unpackVector(bytes, round.terms.query.layout) };
}

/** A site may only announce bytes that are here, whole, and can be added: a sum must never wait for a blob or fail on one. */
async function missingVector(world: CoordinatorWorld, { round: open }: StudyState, event: StudyEvent): Promise<Dispatched | null> {
  if (event.type !== 'message' || event.message.kind !== 'masked-vector') return null;
  const { study, round, hash, sizeBytes } = event.message;
  const bytes = await world.blobs.get(hash);
  const isWhole = bytes?.length === sizeBytes;
  if (isWhole && (open === null || isPacked(bytes, open.terms.query.layout))) return null;
  const code = bytes === null ? 'blob-missing' : isWhole ? 'malformed' : 'wrong-size';
  world.send(event.site, { protocol: PROTOCOL, study, kind: 'rejected', round, rejected: 'masked-vector', code });
  return { ok: false, code, text: explainRejection(code) };
}
