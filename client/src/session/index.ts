/** What outlives a render at a hospital: keys, storage, connection, the visit's state. */
export { ApiError, type Info, request } from './api.ts';
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
export {
  type ConsolePage,
  ConsoleSession,
  type ConsoleView,
  type Invitation,
  type PlanProblem,
  type StudyAction,
} from './console-session.ts';
export { type Address, HospitalSession } from './hospital-session.ts';
export { type LedgerEntry, type LedgerTotals, ledgerCsv, ledgerTotals } from './ledger.ts';
export type { LinkState } from './link.ts';
export type { Membership } from './local-store.ts';
export { type CheckId, type PreflightCheck, runPreflight } from './preflight.ts';
export { foldProgress, type PastRound, type RosterLine, type RoundView, type RunView, startOfRun, type Trouble } from './run-view.ts';
export { SessionController, type Viewed } from './session-controller.ts';
export type { SessionView, Step } from './session-view.ts';
