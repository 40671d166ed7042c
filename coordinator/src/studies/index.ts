/** Public names of `studies`: studies as they run at a coordinator. */

export type { Demo, DemoSite } from './demo-study.ts';
export type { Newcomer, Outcome, Standing } from './hospital-devices.ts';
export type { PeopleView, PersonWord } from './hospital-signers.ts';
export type { Log } from './log.ts';
export { type ModelRegistry, openModelRegistry, type RegisteredModels, type RegistryDecision } from './model-registry.ts';
export { uniqueId } from './names.ts';
export { type SeatTrouble, seatTroubles, type VersionOutcome } from './plan-versions.ts';
export type { InvitedHospital, JoinRequest } from './seating.ts';
export { openSignerAsks, type SignerAsk, type SignerAsks } from './signer-asks.ts';
export { openStudies, type Studies } from './studies.ts';
export type { Connection, StudyAction, StudyHost } from './study-host.ts';
