/** The sealed worker as the page sees it. `main.ts` is built apart and never imported here. */
export type { BackendName } from '@consilium/shared/training';
export { binValues } from './bin-values.ts';
export type { ChamberOffers, JoinInput, OpenReport, PageOffers, SelfTestReport } from './calls.ts';
export { type ChamberCode, ChamberError } from './chamber-error.ts';
export type {
  Certainty,
  CheckInput,
  FieldView,
  FileInput,
  HistogramView,
  OpenedTable,
  ReadChoices,
  ReadInput,
  ReadProgress,
  SuggestInput,
  TableView,
} from './data-calls.ts';
export { eventCodes } from './event-codes.ts';
export { NO_PAGE } from './no-page.ts';
export type { HeldModels, SavedModel } from './own-models.ts';
export { type PlanField, planFields } from './plan-fields.ts';
export { connectPort, describeError, type Remote, RemoteError } from './port-calls.ts';
export type { ProbeAttempt, ProbeOutcome, ProbeReport } from './probe.ts';
export type { ScoreInput } from './scoring-desk.ts';
export type { ShownReport } from './shown-report.ts';
export { type Chamber, chamberHash, startChamber } from './start-chamber.ts';
export { suggestColumn } from './suggest-column.ts';
