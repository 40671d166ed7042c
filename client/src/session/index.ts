/** What outlives a render at a hospital: keys, storage, connection, the visit's state. */
export { ApiError, type Device, type Info, request } from './api.ts';
export { Attempts } from './attempts.ts';
export { type ChosenFile, filesOfDrop, filesOfField } from './chosen-files.ts';
export { ConsentDesk, type ConsentView, type EarlierVersion } from './consent-desk.ts';
export {
  type Account,
  changePassword,
  confirmSecondFactor,
  dropSecondFactor,
  fetchPeople,
  inviteColleague,
  offerSecondFactor,
  type People,
  type Role,
  removeAccount,
} from './console-account.ts';
export { fetchInvitations, type InvitedHospital, revokeInvitation } from './console-invitations.ts';
export {
  type ConsoleModel,
  type ConsoleModels,
  decideOnModel,
  fetchModels,
  type ModelDecision,
  modelFilesAddress,
  modelsLogAddress,
} from './console-models.ts';
export {
  type ConsolePage,
  ConsoleSession,
  type ConsoleView,
  type Invitation,
  type PlanProblem,
  type StudyAction,
  type VersionView,
} from './console-session.ts';
export { coordinatorOrigin, type Served } from './coordinator-place.ts';
export { type DataDesk, splitFileOf } from './data-desk.ts';
export { type DeskStage, type DeskView, isPlain, isSettled } from './desk-view.ts';
export { earlierVersions } from './earlier-versions.ts';
export type { Person } from './enrolment.ts';
export type { EnrolView, KeptFile, RecoverView } from './entrance-views.ts';
export type { ModelSource, ModelState } from './held-models.ts';
export { HospitalSession } from './hospital-session.ts';
export { filterLedger, type LedgerEntry, type LedgerTotals, ledgerCsv, ledgerJson, ledgerTotals } from './ledger.ts';
export type { LinkState } from './link.ts';
export type { LocalStore, Membership } from './local-store.ts';
export {
  columnOf,
  entryOf,
  type Field,
  type Gesture,
  isLeftOut,
  notCollected,
  withAccepted,
  withCode,
  withColumn,
  withMissing,
  withUnit,
  withUntil,
} from './mapping-edits.ts';
export { ModelSession, type ModelView, type Scored } from './model-session.ts';
export type { PatientSource } from './patient-source.ts';
export type { ShownPerson } from './people-api.ts';
export type { PeopleDesk, PeopleStage, PeopleView } from './people-desk.ts';
export { PersonSession } from './person-session.ts';
export { judgePerson, stepUnder } from './person-steps.ts';
export { type ComparedList, emptyPerson, type PersonAddress, type PersonStep, type PersonView } from './person-view.ts';
export { type CheckId, type PreflightCheck, runPreflight } from './preflight.ts';
export {
  foldProgress,
  type PastRound,
  type RosterLine,
  type RosterView,
  type RoundView,
  type RunView,
  startOfRun,
  type Trouble,
} from './run-view.ts';
export { SessionController, type Viewed } from './session-controller.ts';
export { type Address, emptyView, type SessionView, type Step } from './session-view.ts';
export { signedAbout } from './signed-text.ts';
export { openSiteRecord, recordEntries, type SiteRecordStore } from './site-record.ts';
export { currentStep, refusedStep } from './steps.ts';
export { lockName } from './tab-lock.ts';
export { troubleOf } from './trouble.ts';
export { beginHistory, change, type History, redo, undo } from './undo-history.ts';
