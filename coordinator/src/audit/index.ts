/** Public names of `audit`: the coordinator's key, the event log and what checks it. */

export { type CoordinatorKey, openCoordinatorKey } from './coordinator-key.ts';
export { verifyEd25519 } from './ed25519.ts';
export { CHAIN_START, type Link, LOG_FORMAT, linkHash } from './event-chain.ts';
export { type EventLog, openEventLog } from './event-log.ts';
export { type LogCheck, verifyLog } from './verify-log.ts';
