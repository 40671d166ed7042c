/**
 * The models that a finished study offers to its registry: the plan's own (`federated`) and, beside a network, the exact fit (`exact`). Each has
 * an identity that coordinator and hospitals derive alike from what they know anyway.
 */
import { lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import { type ProgrammeState, type StudyResults, stateHash } from '../federation/index.ts';
import { type Plan, trainsByRounds } from '../study/index.ts';
import { emptyRegistry, type PromotionEvidence, type RegistryState, registryStep } from './registry.ts';

export type StudyModelLabel = 'federated' | 'exact';

export interface StudyModel {
  /** 64 hex digits. */
  readonly id: string;
  readonly label: StudyModelLabel;
  readonly kind: 'exact' | 'network';
  readonly evidence: PromotionEvidence | null;
}

/** Who registers what a study has fitted: no person, the study itself. */
export const REGISTERED_BY = 'study';

/**
 * A model's identity: SHA-256 over the hash of everything the study derived (the passport's model hash) and which of its models it is.
 *
 * @param programme - Of a study that has closed.
 */
export function modelIdentity(programme: ProgrammeState, label: StudyModelLabel): string {
  const closing: ProgrammeState = { ...programme, stage: { kind: 'closing' } };
  return toHex(sha256(lengthPrefixed(['consilium model 1', stateHash(closing), label])));
}

/**
 * @param results - Of the same study; the promotion's evidence is read from them.
 * @returns The plan's model first; without those whose fit failed.
 */
export function studyModels(plan: Plan, programme: ProgrammeState, results: Pick<StudyResults, 'promotion'>): readonly StudyModel[] {
  const model = (label: StudyModelLabel, kind: StudyModel['kind'], evidence: PromotionEvidence | null): StudyModel => ({
    id: modelIdentity(programme, label),
    label,
    kind,
    evidence,
  });
  const isFitted = programme.newton?.converged === true;
  const exact = (label: StudyModelLabel): StudyModel[] => (isFitted ? [model(label, 'exact', null)] : []);
  if (!trainsByRounds(plan)) return exact('federated');
  return [...(programme.network === null ? [] : [model('federated', 'network', evidenceOf(results))]), ...exact('exact')];
}

/** The registry of a study that has just closed: every model a candidate. */
export const registryOf = (models: readonly StudyModel[]): RegistryState =>
  models.reduce(
    (state, { id: model, kind, evidence }) =>
      registryStep(state, { type: 'register', model, kind, evidence, by: REGISTERED_BY, why: 'closed', at: 0 }).state,
    emptyRegistry,
  );

/** What validation patients said of the network; null where nothing could be compared. */
function evidenceOf({ promotion }: Pick<StudyResults, 'promotion'>): PromotionEvidence | null {
  if (promotion === null || promotion.upper === null) return null;
  return { lossDifferenceUpper: promotion.upper, calibrationSlope: promotion.slope };
}
