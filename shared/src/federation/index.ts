/** Public names of `federation`: the study at its coordinator, the site in its chamber, and what they promise each other. */

export type { ArmCell, BaselineRow } from './arm-baseline.ts';
export { type CheckedRows, checkRows, type NamedBytes, readSiteTable, type SiteFile } from './checked-rows.ts';
export { classWeightsOf, weighsClasses } from './class-weights.ts';
export type * from './contracts.ts';
export { type Contributors, noContributors, type RowSet, withContributors } from './contributors.ts';
export { type SiteEffectRow, siteEffectRows, studyEffect } from './effect-results.ts';
export { effectSettings, effectSite } from './effect-site.ts';
export { evaluatedLabels } from './evaluation-order.ts';
export { type ExactFit, exactFit, exactFits, MAIN_FIT, rowsOf } from './exact-fits.ts';
export { exactPredictions, residualVariance } from './exact-predictions.ts';
export { rootMeanSquare, shapeOf } from './fits.ts';
export type { HeldAnswer } from './held-answer.ts';
export type { AcrossSitesResult, JudgedResults, SubgroupResult } from './judged-results.ts';
export { leavingWord } from './leaving.ts';
export { joinKeyed, keyedContributors, noEarlierSums, placedContributors } from './lineage.ts';
export { networkLoss, networkPredictions, networkShape } from './network-shape.ts';
export type { JoiningGain } from './own-gain.ts';
export { EXCLUSIONS, type Exclusion, type ParticipantFlow } from './participants.ts';
export { type Approval, checkPassport, type Passport, type PassportBody, type PassportCheck, passportBytes } from './passport.ts';
export type { PatientRow, PatientValues } from './patient-row.ts';
export { personalModel, type SitePersonalModel } from './personal-model.ts';
export { largestModel } from './plan-size.ts';
export { advance, expectedSums, nextQuery, stageOf } from './programme.ts';
export { emptyProgramme, type Fit, type ModelLabel, type Network, type ProgrammeState, type StageName } from './programme-state.ts';
export type { KeyedContributors, RowSketch } from './record-parts.ts';
export { answeredSketches, joinSketches } from './row-sketch.ts';
export { createStudyRunner, type Dispatched, type StudyRunner } from './run-study.ts';
export type { SampleSizeResult } from './sample-size-result.ts';
export { fitOfLabel, outcomeOfLabel, predictionsOf, scoresOf } from './scores.ts';
export { createSite } from './site.ts';
export { newSiteRecord, type Site, type SiteInit } from './site-contract.ts';
export { SiteError, type SiteErrorCode } from './site-error.ts';
export {
  SITE_LOG_FORMAT,
  SITE_LOG_START,
  type SiteLogEvent,
  type SiteLogLink,
  siteLogBytes,
  siteLogHash,
} from './site-log.ts';
export type { SiteMemory } from './site-memory.ts';
export { siteResults } from './site-results.ts';
export { loadRows } from './site-rows.ts';
export type { SiteRows, Stage, StageTools } from './stage.ts';
export { type Trained, type Training, updateStage } from './stages/update.ts';
export { stateBytes, stateFromBytes, stateHash } from './state-bytes.ts';
export { coefficientsOf, studyResults } from './study-results.ts';
export type { StudySite } from './study-state.ts';
export { otherOptions, taskOptions } from './task-options.ts';
