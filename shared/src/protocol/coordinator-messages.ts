/**
 * What the coordinator may say to a site: a closed list. Sums, models and masked vectors travel as blobs named by their SHA-256.
 *
 * Source: docs/protocol.md.
 */
import * as z from 'zod';
import { credentialsSchema, rosterSchema, SIGNERS, signerSignatureSchema, successionSignatureSchema } from '../identity/index.ts';
import { bytes32, bytes64, hash, identifier, inRound, inStudy, MAX_SITES, personName, roundNumber, sealed, siteIndex } from './fields.ts';
import { querySchema } from './query.ts';
import { rejectionCode } from './rejections.ts';

const perSite = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_SITES);
const seconds = z
  .number()
  .positive()
  .max(7 * 86_400);

/** A site's R0 answer as the others see it. */
export const advertSchema = z.strictObject({
  site: siteIndex,
  envelopeKey: bytes32,
  maskKey: bytes32,
  selfSeedHash: hash,
  modelHash: hash,
  previousTranscript: hash,
  signature: bytes64,
});

/** Coordinator → site, on connection: the plan (as JSON), who the site is, where the study stands. */
const Welcome = z.strictObject({
  ...inStudy,
  kind: z.literal('welcome'),
  plan: z.unknown(),
  planHash: hash,
  site: identifier,
  name: personName,
  phase: z.string().max(64),
});

/** Coordinator → site, before a roster and when a device is certified or suspended: who may sign for whom. */
const CredentialsMessage = z.strictObject({ ...inStudy, kind: z.literal('credentials'), ...credentialsSchema.shape });

const succession = { roster: rosterSchema, signatures: perSite(successionSignatureSchema) };

/**
 * Coordinator → site, on connection and when the roster changes; `signatures` by sites of the version before, none for the first.
 * `earlier`: every version before, oldest first, for a site that was away.
 */
const RosterMessage = z.strictObject({
  ...inStudy,
  kind: z.literal('roster'),
  ...succession,
  earlier: z.array(z.strictObject(succession)).max(MAX_SITES),
});

/**
 * Coordinator → sites of the next list: sign it. `departures`: whose own signed word it is that they leave; hospitals that are gone and not named
 * here were put off by the coordinator. Answered by `succeed`.
 */
const Proposal = z.strictObject({
  ...inStudy,
  kind: z.literal('proposal'),
  roster: rosterSchema,
  departures: perSite(z.strictObject({ site: siteIndex, signature: bytes64 })),
});

/**
 * Coordinator → site, once every site has signed, and on connection after that. No site opens a round before. `people`: the signatures of the
 * people whom a hospital has declared, over the same bytes as its device's.
 */
const Approvals = z.strictObject({
  ...inStudy,
  kind: z.literal('approvals'),
  approvals: perSite(
    z.strictObject({
      site: siteIndex,
      planHash: hash,
      rosterHash: hash,
      clientHash: hash,
      signature: bytes64,
      people: z.array(signerSignatureSchema).max(SIGNERS).optional(),
    }),
  ),
});

/**
 * Coordinator → all sites, whenever the study's phase or the people present change. `people`: of each hospital that has declared people who sign,
 * how many of them have signed the list in force.
 */
const StudyPhase = z.strictObject({
  ...inStudy,
  kind: z.literal('study-phase'),
  phase: z.string().max(64),
  reason: z.string().max(500),
  present: perSite(identifier),
  signed: perSite(identifier),
  people: perSite(z.strictObject({ site: identifier, signed: z.int().min(0).max(SIGNERS) })).optional(),
  round: roundNumber.nullable(),
});

/** Coordinator → expected sites, once a round, in phase `advertising`. Answered by `advertise-keys`, `need-model` or `refuse`. */
const OpenRound = z.strictObject({
  ...inRound,
  kind: z.literal('open-round'),
  query: querySchema,
  modelHash: hash,
  previousTranscript: hash,
  limits: z.strictObject({ joinSeconds: seconds, trainSeconds: seconds, answerSeconds: seconds }),
});

/** Coordinator → advertisers, at the start of `sharing`, by rising index. Answered by `share-keys` or `refuse`. */
const Adverts = z.strictObject({ ...inRound, kind: z.literal('adverts'), adverts: perSite(advertSchema) });

/** Coordinator → each of U1, at the start of `masking`: its own envelopes. Answered by `masked-vector`, `complain` or `refuse`. */
const Envelopes = z.strictObject({
  ...inRound,
  kind: z.literal('envelopes'),
  sharers: perSite(siteIndex),
  envelopes: perSite(z.strictObject({ from: siteIndex, sealed, selfSeedCommitment: hash, maskKeyCommitment: hash, signature: bytes64 })),
});

/** Coordinator → U3, at the start of `agreeing`. Answered by `consistency` or `refuse`. */
const Survivors = z.strictObject({
  ...inRound,
  kind: z.literal('survivors'),
  survivors: perSite(z.strictObject({ site: siteIndex, hash, signature: bytes64 })),
});

/** Coordinator → U3, at the start of `unmasking`: at least t signatures. Answered by `unmask` or `refuse`. */
const Agreement = z.strictObject({
  ...inRound,
  kind: z.literal('agreement'),
  signatures: perSite(z.strictObject({ site: siteIndex, signature: bytes64 })),
});

/** Coordinator → U3, once, when the sum is there, and again to whoever repeats a message of the round. */
const Released = z.strictObject({
  ...inRound,
  kind: z.literal('released'),
  sum: hash,
  sumSizeBytes: z.int().min(0).max(0x7fffffff),
  transcript: hash,
  selfSeeds: perSite(z.strictObject({ site: siteIndex, seed: bytes32 })),
  maskKeys: perSite(z.strictObject({ site: siteIndex, secret: bytes32 })),
});

/** Coordinator → everyone in the round, once, and again to whoever repeats a message of the round. */
const Aborted = z.strictObject({ ...inRound, kind: z.literal('aborted'), code: rejectionCode });

/** Coordinator → a site that asked by `need-model`: the state as a blob, and the adverts of t sites that hold it. */
const CatchUp = z.strictObject({ ...inRound, kind: z.literal('catch-up'), state: hash, adverts: perSite(advertSchema) });

/** Coordinator → a site: a message of the given kind was not accepted. */
const Rejected = z.strictObject({
  ...inStudy,
  kind: z.literal('rejected'),
  round: roundNumber.nullable(),
  rejected: z.string().max(32),
  code: rejectionCode,
});

/** Schema of everything the coordinator may send. */
export const coordinatorMessageSchema = z.discriminatedUnion('kind', [
  Welcome,
  CredentialsMessage,
  RosterMessage,
  Proposal,
  Approvals,
  StudyPhase,
  OpenRound,
  Adverts,
  Envelopes,
  Survivors,
  Agreement,
  Released,
  Aborted,
  CatchUp,
  Rejected,
]);

export type Advert = z.infer<typeof advertSchema>;
export type CoordinatorMessage = z.infer<typeof coordinatorMessageSchema>;
export type CoordinatorMessageKind = CoordinatorMessage['kind'];
/** One kind of coordinator message. */
export type CoordinatorSays<Kind extends CoordinatorMessageKind> = Extract<CoordinatorMessage, { kind: Kind }>;
/** One contributor as announced: index, SHA-256 of its masked bytes, its signature over them. */
export type Survivor = CoordinatorSays<'survivors'>['survivors'][number];
/** One envelope as delivered. */
export type Envelope = CoordinatorSays<'envelopes'>['envelopes'][number];
