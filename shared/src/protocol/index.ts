/** Public names of `protocol`: messages, what is signed, the coordinator's rules and the site's rules. */

export { NO_HASH, type Roster, type RosterEntry, rosterBytes, rosterEntry, rosterHash, rosterSchema } from '../identity/index.ts';
export { BANDS, type Band, bandOf } from './bands.ts';
export { cohortHash, roundContext } from './context.ts';
export type {
  Advert,
  CoordinatorMessage,
  CoordinatorMessageKind,
  CoordinatorSays,
  Envelope,
  Survivor,
} from './coordinator-messages.ts';
export { advertSchema } from './coordinator-messages.ts';
export { findIsolation, type GuardFinding, MOST_GUARD_STEPS } from './differencing-guard.ts';
export { MAX_SITES, PROTOCOL } from './fields.ts';
export { type Parsed, parseCoordinatorMessage, parseSiteMessage } from './messages.ts';
export { ENTROPY_BYTES, idleParticipant, participantStep } from './participant.ts';
export type {
  AnsweredQuery,
  Cohorts,
  OpenEvent,
  ParticipantEffect,
  ParticipantEvent,
  ParticipantIn,
  ParticipantPhase,
  ParticipantState,
  ParticipantStep,
  SigningPurpose,
  StoredRecord,
} from './participant-state.ts';
export { answeredQuery, type Json, QUERY_KINDS, type Query, type QueryKind, queryHash, querySchema } from './query.ts';
export { explainRejection, REJECTIONS, type RejectionCode } from './rejections.ts';
export { announcedSurvivors, openRound, roundStep } from './round.ts';
export { toAdvert } from './round-answers.ts';
export { resendFor } from './round-resend.ts';
export {
  type Limit,
  OPEN_PHASES,
  type OpenPhase,
  type Phase,
  type RoundEffect,
  type RoundEvent,
  type RoundState,
  type Step,
} from './round-state.ts';
export { sentBytes, sentLength } from './sent-bytes.ts';
export { shareCommitment, sharePlaintext } from './share-envelope.ts';
export {
  advertBytes,
  approveBytes,
  complaintBytes,
  consistencyBytes,
  leaveBytes,
  maskedVectorBytes,
  readyBytes,
  refusalBytes,
  shareBytes,
  unmaskBytes,
} from './signed-bytes.ts';
export type { RoundMessage, SiteMessage, SiteMessageKind, SiteSays } from './site-messages.ts';
export { type RoundTerms, roundThresholds, type Thresholds, type Verify } from './terms.ts';
export { transcriptHash } from './transcript.ts';
export { FULL_CHECK_LENGTH, type RoundMasks, roundSum } from './verify-sum.ts';
export { isModelVouchedFor } from './vouch.ts';
