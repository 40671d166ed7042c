/**
 * What a site may say to the coordinator: a closed list. Masked bytes travel as a blob named by its SHA-256, uploaded before
 * the message that announces it. Signatures cover the canonical binary of `signed-bytes.ts`, never this JSON.
 *
 * Source: docs/protocol.md.
 */
import * as z from 'zod';
import { bandSchema } from './bands.ts';
import { bytes32, bytes64, hash, inRound, inStudy, MAX_SITES, sealed, siteIndex } from './fields.ts';
import { rejectionCode } from './rejections.ts';

const share = z.strictObject({ of: siteIndex, share: bytes32 });

/** One sealed share and what its dealer signed about it. */
const dealtShare = z.strictObject({
  to: siteIndex,
  sealed,
  selfSeedCommitment: hash,
  maskKeyCommitment: hash,
  signature: bytes64,
});

/** Site → coordinator, once its data are checked and again when they change. Answered by `study-phase` or `rejected`. */
const Ready = z.strictObject({
  ...inStudy,
  kind: z.literal('ready'),
  rows: bandSchema,
  events: bandSchema,
  checks: z.enum(['pass', 'warn']),
  signature: bytes64,
});

/** Site → coordinator, once per plan version. Answered by `study-phase` or `rejected`. */
const Approve = z.strictObject({
  ...inStudy,
  kind: z.literal('approve'),
  planHash: hash,
  rosterHash: hash,
  clientHash: hash,
  signature: bytes64,
});

/**
 * Site → coordinator, once, in any phase: the site leaves the study for good. `successor`: its signature under the list without it, where it
 * holds a list and has signed no other successor of it. Answered by `study-phase` or `rejected`.
 */
const Leave = z.strictObject({
  ...inStudy,
  kind: z.literal('leave'),
  signature: bytes64,
  successor: z.strictObject({ rosterHash: hash, signature: bytes64 }).nullable(),
});

/** Site → coordinator, after `proposal`: the next list, and the plan anew under it. Answered by `roster` once enough have signed, or `rejected`. */
const Succeed = z.strictObject({
  ...inStudy,
  kind: z.literal('succeed'),
  rosterHash: hash,
  /** Over `successionBytes`. */
  signature: bytes64,
  clientHash: hash,
  /** Over `approveBytes` under the next list. */
  approval: bytes64,
});

/** Site → coordinator, after `open-round` for a model it has not derived. Answered by `catch-up` once enough sites vouch for it. */
const NeedModel = z.strictObject({ ...inRound, kind: z.literal('need-model') });

/** R0. Site → coordinator, once, in phase `advertising`. Answered by `adverts` or `rejected`. */
const AdvertiseKeys = z.strictObject({
  ...inRound,
  kind: z.literal('advertise-keys'),
  site: siteIndex,
  envelopeKey: bytes32,
  maskKey: bytes32,
  selfSeedHash: hash,
  modelHash: hash,
  previousTranscript: hash,
  signature: bytes64,
});

/** R1. Site → coordinator, once, in phase `sharing`: one sealed share per other advertiser, by rising index. Answered by `envelopes`. */
const ShareKeys = z.strictObject({ ...inRound, kind: z.literal('share-keys'), shares: z.array(dealtShare).max(MAX_SITES) });

/** Site → coordinator, in phase `masking`, instead of R2: a share does not fit what its dealer signed. Answered by `aborted`. */
const Complain = z.strictObject({ ...inRound, kind: z.literal('complain'), against: siteIndex, signature: bytes64 });

/** R2. Site → coordinator, once, in phase `masking`. Answered by `survivors` or `rejected`. */
const MaskedVector = z.strictObject({
  ...inRound,
  kind: z.literal('masked-vector'),
  sizeBytes: z.int().min(0).max(0x7fffffff),
  hash,
  signature: bytes64,
});

/** R3. Site → coordinator, once, in phase `agreeing`. Answered by `agreement` or `rejected`. */
const Consistency = z.strictObject({ ...inRound, kind: z.literal('consistency'), signature: bytes64 });

/** R4. Site → coordinator, once, in phase `unmasking`. Answered by `released` or `rejected`. */
const Unmask = z.strictObject({
  ...inRound,
  kind: z.literal('unmask'),
  selfSeedShares: z.array(share).max(MAX_SITES),
  maskKeyShares: z.array(share).max(MAX_SITES),
  signature: bytes64,
});

/** Site → coordinator, at most once in a round: the site takes no further part in it. Not answered. */
const Refuse = z.strictObject({ ...inRound, kind: z.literal('refuse'), code: rejectionCode });

/** Schema of everything a site may send. */
export const siteMessageSchema = z.discriminatedUnion('kind', [
  Ready,
  Approve,
  Leave,
  Succeed,
  NeedModel,
  AdvertiseKeys,
  ShareKeys,
  Complain,
  MaskedVector,
  Consistency,
  Unmask,
  Refuse,
]);

export type SiteMessage = z.infer<typeof siteMessageSchema>;
export type SiteMessageKind = SiteMessage['kind'];
/** One kind of site message. */
export type SiteSays<Kind extends SiteMessageKind> = Extract<SiteMessage, { kind: Kind }>;
/** A site message that belongs to a round. */
export type RoundMessage = Extract<SiteMessage, { round: number }>;
