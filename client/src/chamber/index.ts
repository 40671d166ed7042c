/** The sealed worker as the page sees it. `main.ts` is built apart and never imported here. */
export type { BackendName } from '@consilium/shared/training';
export type { ChamberOffers, JoinInput, OpenReport, PageOffers, SelfTestReport } from './calls.ts';
export { type ChamberCode, ChamberError } from './chamber-error.ts';
export { connectPort, describeError, type Remote, RemoteError } from './port-calls.ts';
export type { ProbeAttempt, ProbeOutcome, ProbeReport } from './probe.ts';
export { type Chamber, chamberHash, startChamber } from './start-chamber.ts';
