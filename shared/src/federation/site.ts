/**
 * One site of a study, joined to a world: in a hospital's sealed chamber, and in the simulator. It answers only what it derives
 * itself from the signed plan, the accepted roster and the released sums; everything else ends in a named refusal.
 *
 * Steps are synchronous; effects run one after another in `outbox`, training beside them.
 */
import { fromHex, hmacSha256, sha256, toHex } from '../crypto/index.ts';
import {
  type CoordinatorMessage,
  type CoordinatorSays,
  ENTROPY_BYTES,
  explainRejection,
  idleParticipant,
  isModelVouchedFor,
  type ParticipantEffect,
  type ParticipantEvent,
  participantStep,
  type RejectionCode,
  type SiteMessage,
} from '../protocol/index.ts';
import { arrivedAt, isAnsweredElsewhere, settledArrival } from './arrival.ts';
import type { SiteRecord, StudyPhase } from './contracts.ts';
import { earlierContributors } from './contributors.ts';
import { type DerivedModel, firstModel, learn, modelFromBytes, termsOf } from './derived-model.ts';
import { downloaded } from './downloaded.ts';
import { answerHolder } from './held-answer.ts';
import { answerLocally, workEvent } from './local-answer.ts';
import { policyGuard } from './policy-guard.ts';
import { expectedSums, nextQuery } from './programme.ts';
import { releasedReport } from './released-report.ts';
import { required } from './required.ts';
import { rowGuard } from './row-guard.ts';
import { siteConsent } from './site-consent.ts';
import type { Site, SiteInit } from './site-contract.ts';
import { SiteError } from './site-error.ts';
import { allContributors, openedRecord, recorded, remembered } from './site-record.ts';
import { siteResults } from './site-results.ts';
import { createSiteRoster } from './site-roster.ts';
import { type LoadedRows, loadRows } from './site-rows.ts';

/** @throws SiteError `wrong-plan` when this site has signed another plan: what was signed stays, whatever is shown later. */
export function createSite({ study, plan, planHash, clientHash, site, backend, world, distort, ...init }: SiteInit): Site {
  let record = openedRecord(study, site.deviceKey, init);
  if (record.rosterHash !== null && record.planHash !== planHash) throw new SiteError('wrong-plan');
  let loaded: LoadedRows | null = null;
  let model: DerivedModel | null = null;
  let participant = idleParticipant({ index: 0, lastRound: record.lastRound });
  let pending: CoordinatorSays<'open-round'> | null = null;
  let releasedSums = 0;
  let isStopped = false;
  let inbox: Promise<void> = Promise.resolve();
  let outbox: Promise<void> = Promise.resolve();
  const working = new Set<Promise<void>>();
  const held = answerHolder();
  const guard = policyGuard(plan, init.policy, init.isOwnBundle);

  const say = async (message: SiteMessage): Promise<void> => {
    if (!isStopped) await world.send(message);
  };
  const save = async (change: Partial<SiteRecord>): Promise<void> => {
    record = { ...record, ...change };
    await world.save(record);
  };
  const { confirmation } = init;
  const roster = createSiteRoster({ study, plan, planHash, site, confirmation, world, save, record: () => record });
  const refuse = (code: RejectionCode): void => world.report({ type: 'refused', code, text: explainRejection(code) });
  const parts = { study, planHash, clientHash, site, world, roster, guard, save, say, refuse, tellRoster };
  const rowsGuard = rowGuard({ confirmation, world }, () => record);
  const consent = siteConsent({ ...parts, sketch: rowsGuard.sketch, record: () => record, loaded: () => loaded });
  const decline = ({ round }: { readonly round: number }, code: RejectionCode) => say({ protocol: 1, study, kind: 'refuse', round, code });
  const turnDown = (message: { readonly round: number }, code: RejectionCode): Promise<void> => {
    refuse(code);
    return decline(message, code);
  };
  const fail = (error: unknown): void =>
    world.report({ type: 'error', code: 'site-failed', text: error instanceof Error ? error.message : 'The site failed.' });

  function receive(message: CoordinatorMessage): void {
    inbox = inbox.then(() => (isStopped ? undefined : handle(message))).catch(fail);
  }

  async function handle(message: CoordinatorMessage): Promise<void> {
    if (message.study !== study) return;
    switch (message.kind) {
      case 'welcome':
        if (message.planHash !== planHash) refuse('wrong-plan');
        return;
      case 'credentials':
        return roster.takeCredentials(message);
      case 'roster':
        return accept(message);
      case 'approvals':
        return roster.takeApprovals(message);
      case 'proposal':
        return consent.takeProposal(message);
      case 'study-phase': {
        const { present, signed, reason, people = [] } = message;
        world.report({ type: 'phase', phase: message.phase as StudyPhase, reason: reason === '' ? null : reason, present, signed, people });
        return;
      }
      case 'open-round':
        return open(message);
      case 'catch-up':
        return catchUp(message);
      case 'aborted':
        held.drop();
        world.report({ type: 'aborted', code: message.code, text: explainRejection(message.code) });
        return dispatch({ type: 'message', message });
      default:
        return dispatch({ type: 'message', message });
    }
  }

  /** A roster that is not refused is shown; it decides on the site's place and on the first model. */
  async function accept(message: CoordinatorSays<'roster'>): Promise<void> {
    const flaw = await roster.offer(message);
    if (flaw !== null) return refuse(flaw);
    if (model === null || record.model === null) model = firstModel(record, planHash, message.roster.sites.length);
    if (participant.phase === 'idle') participant = idleParticipant({ index: roster.index(), lastRound: record.lastRound });
    await tellRoster();
    reportIfDone();
  }

  async function tellRoster(): Promise<void> {
    const progress = await roster.progress();
    if (progress !== null) world.report(progress);
  }

  const terms = (proposed: Parameters<typeof termsOf>[1]) =>
    termsOf({ plan, planHash, study, roster: required(roster.current(), 'roster'), keys: roster.keys() }, proposed);

  /** The coordinator proposes a round number; everything else of the terms is this site's own. */
  async function open(message: CoordinatorSays<'open-round'>): Promise<void> {
    const here = roster.current();
    if (loaded === null || here === null || model === null) return;
    if (loaded.report.fingerprint !== record.fileFingerprint) return; // these rows were read and not announced
    const flaw = roster.flaw();
    if (flaw !== null) return turnDown(message, flaw);
    if (guard.broken(here, loaded) !== null) return refuse('policy-forbids');
    await finishLastRound();
    const { programme, hash: modelHash, transcript: previousTranscript } = model;
    if (message.modelHash !== modelHash || message.previousTranscript !== previousTranscript) {
      if (message.round <= record.lastRound) return turnDown(message, 'stale-round'); // old mail would bring an old model back
      pending = message;
      return say({ protocol: 1, study, kind: 'need-model', round: message.round });
    }
    const query = nextQuery(plan, programme);
    if (query === null) return decline(message, 'model-not-derived');
    if (query.cohort?.includes(roster.index()) === false) return decline(message, 'not-in-cohort');
    if (isAnsweredElsewhere(record, { round: message.round, modelHash, query })) return turnDown(message, 'answered-elsewhere');
    const { rows } = required(loaded, 'rows');
    const done = releasedSums;
    world.report({
      type: 'round',
      round: message.round,
      kind: query.kind,
      label: query.label,
      phase: 'advertising',
      done,
      expected: done + expectedSums(plan, programme),
    });
    dispatch({
      type: 'open',
      terms: terms({ round: message.round, query, modelHash, previousTranscript }),
      queryTag: toHex(hmacSha256(record.tagKey, fromHex(required(record.fileFingerprint, rows.site)))),
      ownMinimum: guard.minimum(),
      entropy: world.random(ENTROPY_BYTES),
      answered: record.answered,
      earlier: earlierContributors(allContributors(record, programme, here), programme.stage),
      lastRound: record.lastRound,
    });
  }

  /** What the last release taught must be known before the next question is judged. */
  async function finishLastRound(): Promise<void> {
    for (let last: Promise<void> | null = null; last !== outbox; ) {
      last = outbox;
      await last;
    }
  }

  /** A model this site did not derive is believed only when t sites have signed its hash in this very round. */
  async function catchUp(message: CoordinatorSays<'catch-up'>): Promise<void> {
    const asked = pending;
    if (asked === null || asked.round !== message.round || asked.modelHash !== message.state) return;
    pending = null;
    if (!isModelVouchedFor({ terms: terms(asked), adverts: message.adverts, verify: world.verify })) return refuse('model-not-derived');
    const bytes = (await downloaded(world, [message.state])).get(message.state);
    if (bytes === undefined || toHex(sha256(bytes)) !== message.state) return refuse('model-not-derived');
    await finishLastRound(); // a release that is still being learnt belongs to the model before
    model = modelFromBytes(bytes, asked.previousTranscript);
    await save({ ...remembered(record, model, message.round - 1), arrival: arrivedAt(record.arrival, model.hash) });
    return open(asked);
  }

  function dispatch(event: ParticipantEvent): void {
    if (isStopped && event.type !== 'stop') return;
    const step = participantStep(participant, event, world.verify);
    participant = step.state;
    for (const effect of step.effects) {
      if (effect.type === 'work') begin(effect);
      else outbox = outbox.then(() => (isStopped ? undefined : perform(effect))).catch(fail);
    }
  }

  async function perform(effect: Exclude<ParticipantEffect, { type: 'work' }>): Promise<void> {
    switch (effect.type) {
      case 'sign':
        return dispatch({ type: 'signed', round: effect.round, signatures: await world.sign(effect.messages) });
      case 'store': {
        await save(recorded(record, effect.record, required(model, 'model').programme.stage));
        return dispatch({ type: 'stored', round: effect.record.round });
      }
      case 'send':
        return say(effect.message);
      case 'upload':
        return world.upload(effect.hash, effect.vector.bytes, effect.vector.layout);
      case 'fetch': {
        return dispatch({ type: 'fetched', round: effect.round, blobs: await downloaded(world, effect.hashes) });
      }
      case 'refused':
        return refuse(effect.code);
      case 'released':
        return released(effect);
    }
  }

  async function released(effect: Extract<ParticipantEffect, { type: 'released' }>): Promise<void> {
    const before = required(model, 'model');
    const { kind } = before.programme.stage;
    model = learn(plan, before, effect.sum, effect.survivors, effect.transcript);
    releasedSums += 1;
    held.drop();
    await save({ ...remembered(record, model, effect.round), arrival: settledArrival(record.arrival) });
    world.report(releasedReport(required(roster.current(), 'roster'), effect, kind, roster.index()));
    reportIfDone();
  }

  const ownResults = () => (model === null || loaded === null ? null : siteResults(plan, model.programme, loaded.rows));

  function reportIfDone(): void {
    if (model?.programme.stage.kind !== 'done') return;
    const results = ownResults();
    if (results !== null) world.report({ type: 'results', results });
  }

  /** Local work overlaps the exchange of keys. */
  function begin({ round }: Extract<ParticipantEffect, { type: 'work' }>): void {
    const { programme: state } = required(model, 'model');
    const work = answerLocally({ plan, planHash, state, loaded: required(loaded, 'rows'), backend, world, round, distort })
      .then((outcome) => {
        if ('error' in outcome) fail(outcome.error);
        else if (!isStopped) held.keep(round, state.stage.kind, outcome.vector);
        dispatch(workEvent(round, outcome));
      })
      .catch(fail)
      .finally(() => working.delete(work));
    working.add(work);
  }

  return {
    load: async (file, watch) => {
      const frozen = record.lastRound > 0 ? record.fileFingerprint : null;
      const next = await loadRows(plan, site.id, frozen === null ? file : { ...file, today: record.readOn }, watch);
      if (frozen !== null && frozen !== next.report.fingerprint) throw new SiteError('other-file');
      rowsGuard.check(next, plan.evaluation.smallestCell);
      if (next.counts.rows === 0) throw new SiteError('no-usable-rows');
      loaded = next;
      return next.report;
    },
    ready: async () => {
      await consent.ready();
      reportIfDone();
    },
    confirm: consent.confirm,
    approve: consent.approve,
    declareSigners: (signers) => save({ signers }),
    succeed: consent.succeed,
    receive,
    setPolicy: guard.set,
    unmasked: held.view,
    stop: () => {
      isStopped = true;
      held.drop();
      dispatch({ type: 'stop' });
    },
    results: ownResults,
    rows: () => loaded?.rows ?? null,
    settled: async () => {
      await inbox;
      await Promise.all(working);
      await outbox;
    },
    state: () => ({ programme: model?.programme ?? null, record }),
  };
}
