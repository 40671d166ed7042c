/**
 * The registry of a study's models: which is a candidate, which is in use, which was, who decided it and why.
 *
 * Rules: `step(state, event)` and nothing else; at most one model is promoted; promoting another retires it; rollback goes back to the
 * one before. A network beside an exact model is promoted only if it is shown to be better and calibrated (learning.md §6).
 */

export type ModelStatus = 'candidate' | 'promoted' | 'retired';

/** A decision as it was made. `at` is the decider's clock in milliseconds; it is shown, never compared. */
export interface Decision {
  readonly by: string;
  readonly why: string;
  readonly at: number;
}

/** What speaks for a network against the exact model beside it, on validation rows. */
export interface PromotionEvidence {
  /** Upper 95 % limit of its log-loss minus the exact model's, paired. */
  readonly lossDifferenceUpper: number;
  /** Null where it was not asked for or could not be fitted. */
  readonly calibrationSlope: number | null;
}

export interface RegistryEntry {
  /** SHA-256 of the released model, hex. */
  readonly model: string;
  readonly kind: 'exact' | 'network';
  readonly evidence: PromotionEvidence | null;
  readonly status: ModelStatus;
  readonly history: readonly (Decision & { readonly status: ModelStatus })[];
}

export interface RegistryState {
  /** In the order of registration. */
  readonly entries: readonly RegistryEntry[];
  /** Models that were promoted, the present one last; rollback takes from its end. */
  readonly promotions: readonly string[];
}

export const emptyRegistry: RegistryState = { entries: [], promotions: [] };

export type RegistryEvent =
  | (Decision & {
      readonly type: 'register';
      readonly model: string;
      readonly kind: 'exact' | 'network';
      readonly evidence: PromotionEvidence | null;
    })
  | (Decision & { readonly type: 'promote'; readonly model: string })
  | (Decision & { readonly type: 'retire'; readonly model: string })
  | (Decision & { readonly type: 'rollback' });

export type RegistryRejection =
  | 'nobody-named'
  | 'no-reason'
  | 'already-registered'
  | 'unknown-model'
  | 'already-promoted'
  | 'already-retired'
  | 'not-shown-better'
  | 'not-calibrated'
  | 'nothing-to-roll-back-to';

export interface RegistryStep {
  readonly state: RegistryState;
  /** Null where the event was carried out. */
  readonly rejected: RegistryRejection | null;
}

const SLOPES: readonly [number, number] = [0.8, 1.25];

/** Why a model must not be promoted, or null. An exact model needs no comparison. */
export function promotionObstacle({
  kind,
  evidence,
}: Pick<RegistryEntry, 'kind' | 'evidence'>): 'not-shown-better' | 'not-calibrated' | null {
  if (kind === 'exact') return null;
  if (evidence === null || !(evidence.lossDifferenceUpper < 0)) return 'not-shown-better';
  const [low, high] = SLOPES;
  const { calibrationSlope: slope } = evidence;
  return slope !== null && slope >= low && slope <= high ? null : 'not-calibrated';
}

export function registryStep(state: RegistryState, event: RegistryEvent): RegistryStep {
  const reject = (rejected: RegistryRejection): RegistryStep => ({ state, rejected });
  if (event.by.trim() === '') return reject('nobody-named');
  if (event.why.trim() === '') return reject('no-reason');
  switch (event.type) {
    case 'register': {
      if (find(state, event.model) !== undefined) return reject('already-registered');
      const { model, kind, evidence } = event;
      const entry: RegistryEntry = { model, kind, evidence, status: 'candidate', history: [{ ...decision(event), status: 'candidate' }] };
      return { state: { ...state, entries: [...state.entries, entry] }, rejected: null };
    }
    case 'promote': {
      const entry = find(state, event.model);
      if (entry === undefined) return reject('unknown-model');
      if (entry.status === 'promoted') return reject('already-promoted');
      const obstacle = promotionObstacle(entry);
      return obstacle === null ? { state: promote(state, event.model, event), rejected: null } : reject(obstacle);
    }
    case 'retire': {
      const entry = find(state, event.model);
      if (entry === undefined) return reject('unknown-model');
      if (entry.status === 'retired') return reject('already-retired');
      const promotions = state.promotions.filter((model) => model !== event.model);
      return { state: { promotions, entries: withStatus(state.entries, event.model, 'retired', event) }, rejected: null };
    }
    case 'rollback': {
      const current = promoted(state);
      const before = previous(state);
      if (before === null) return reject('nothing-to-roll-back-to');
      const kept = { ...state, promotions: state.promotions.filter((model) => model !== current && model !== before) };
      return { state: promote(kept, before, event), rejected: null };
    }
  }
}

/** The model in use, or null. */
export const promoted = ({ entries }: RegistryState): string | null => entries.find(({ status }) => status === 'promoted')?.model ?? null;

/** The model that a rollback would go back to, or null. */
export const previous = (state: RegistryState): string | null =>
  state.promotions.filter((model) => model !== promoted(state)).at(-1) ?? null;

const find = ({ entries }: RegistryState, model: string): RegistryEntry | undefined => entries.find((entry) => entry.model === model);

const decision = ({ by, why, at }: Decision): Decision => ({ by, why, at });

function promote(state: RegistryState, model: string, event: Decision): RegistryState {
  const current = promoted(state);
  const retired = current === null ? state.entries : withStatus(state.entries, current, 'retired', event);
  return {
    entries: withStatus(retired, model, 'promoted', event),
    promotions: [...state.promotions.filter((other) => other !== model), model],
  };
}

const withStatus = (entries: readonly RegistryEntry[], model: string, status: ModelStatus, event: Decision): RegistryEntry[] =>
  entries.map((entry) =>
    entry.model === model ? { ...entry, status, history: [...entry.history, { ...decision(event), status }] } : entry,
  );
