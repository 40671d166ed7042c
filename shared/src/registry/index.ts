/** Which model of a study is in use, and who decided it. */
export {
  type Decision,
  emptyRegistry,
  type ModelStatus,
  type PromotionEvidence,
  previous,
  promoted,
  promotionObstacle,
  type RegistryEntry,
  type RegistryEvent,
  type RegistryRejection,
  type RegistryState,
  type RegistryStep,
  registryStep,
} from './registry.ts';
export { modelIdentity, REGISTERED_BY, registryOf, type StudyModel, type StudyModelLabel, studyModels } from './study-models.ts';
