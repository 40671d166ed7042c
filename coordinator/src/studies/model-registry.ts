/**
 * The registry of a study's models at its coordinator: the pure rules of `registry` over a chain of decisions of its own, signed and hash-linked as
 * every log here. A study that has not closed has no models.
 */
import { type ProgrammeState, stateFromBytes } from '@consilium/shared/federation';
import {
  type RegistryEvent,
  type RegistryRejection,
  type RegistryState,
  registryOf,
  registryStep,
  type StudyModel,
  studyModels,
} from '@consilium/shared/registry';
import type { EventLog, Link } from '../audit/index.ts';
import type { StudyHost } from './study-host.ts';

/** A person's decision; models register themselves when their study closes. */
export type RegistryDecision = Exclude<RegistryEvent, { type: 'register' }>;

export interface RegisteredModels {
  readonly programme: ProgrammeState;
  readonly models: readonly StudyModel[];
  readonly state: RegistryState;
}

export interface ModelRegistry {
  /** Null until the study has closed. */
  of(study: StudyHost): Promise<RegisteredModels | null>;
  /**
   * Carries a decision out if the rules allow it.
   *
   * @param before - Called once the rules have allowed it, before it is written; for the console's log.
   * @returns The new state, or the code of what forbids it.
   */
  decide(
    study: StudyHost,
    decision: RegistryDecision,
    before: () => Promise<void>,
  ): Promise<
    { readonly ok: true; readonly models: RegisteredModels } | { readonly ok: false; readonly code: RegistryRejection | 'not-finished' }
  >;
  /** Every decision on a study's models, oldest first. */
  links(study: StudyHost): AsyncIterable<Link>;
}

const chainOf = ({ id }: StudyHost): string => `models/${id}`;

export function openModelRegistry(events: EventLog<RegistryDecision>): ModelRegistry {
  // One decision after another: each is judged by what the one before left.
  let queue: Promise<unknown> = Promise.resolve();

  async function of(study: StudyHost): Promise<RegisteredModels | null> {
    const passport = await study.passport();
    if (passport === null) return null;
    const programme = stateFromBytes(Buffer.from(passport.model.state, 'base64')) as ProgrammeState;
    const models = studyModels(study.plan, programme, passport.results);
    let state = registryOf(models);
    for await (const { event } of events.links(chainOf(study))) state = registryStep(state, JSON.parse(event) as RegistryDecision).state;
    return { programme, models, state };
  }

  async function decideNow(study: StudyHost, decision: RegistryDecision, before: () => Promise<void>): ReturnType<ModelRegistry['decide']> {
    const known = await of(study);
    if (known === null) return { ok: false, code: 'not-finished' };
    const { state, rejected } = registryStep(known.state, decision);
    if (rejected !== null) return { ok: false, code: rejected };
    await before();
    await events.append(chainOf(study), decision);
    return { ok: true, models: { ...known, state } };
  }

  return {
    of,
    decide(study, decision, before) {
      const next = queue.then(() => decideNow(study, decision, before));
      queue = next.catch(() => undefined);
      return next;
    },
    links: (study) => events.links(chainOf(study)),
  };
}
