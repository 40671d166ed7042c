/**
 * The states, events and effects of one site in a round. It runs in the sealed chamber; the page signs, stores and relays.
 *
 *   idle → recording-round → signing-advert → advertised → signing-shares → shared → working → signing-vector → sent
 *        → recording-query → signing-agreement → agreed → recording-release → signing-unmask → answered → fetching → ended
 *
 * Rules: keys, seeds and received shares live in the state and in no effect but those the protocol names; a refusal drops them.
 * Answers of the page carry the round they belong to; those of an abandoned round are ignored.
 */
import type { EncodedVector, MaskedVector } from '../secagg/index.ts';
import type { Advert, CoordinatorMessage, CoordinatorMessageKind, CoordinatorSays, Survivor } from './coordinator-messages.ts';
import type { Query } from './query.ts';
import type { RejectionCode } from './rejections.ts';
import type { SiteMessage } from './site-messages.ts';
import type { RoundTerms, Thresholds } from './terms.ts';

/** What a site signs in a round. */
export type SigningPurpose = 'advertise-keys' | 'share-keys' | 'complain' | 'masked-vector' | 'consistency' | 'unmask';

/** A query this site has signed (R3), and for which contributors. Kept for the life of the study. */
export interface AnsweredQuery {
  /** From `answeredQuery`, hex. */
  readonly query: string;
  /** From `cohortHash`, hex. */
  readonly survivors: string;
}

/** Contributors of several sums, each as rising roster indices. */
export type Cohorts = readonly (readonly number[])[];

/** What must be on disk before the site goes on. */
export type StoredRecord =
  | { readonly kind: 'round'; readonly round: number }
  | ({ readonly kind: 'query'; readonly round: number; readonly sites: readonly number[] } & AnsweredQuery)
  | { readonly kind: 'released'; readonly round: number; readonly query: string };

export interface OpenEvent {
  readonly type: 'open';
  readonly terms: RoundTerms;
  /** Keyed tag of this site's rows; never leaves the site. */
  readonly queryTag: string;
  /** Fewest contributors by the site's own policy. */
  readonly ownMinimum: number;
  /** `ENTROPY_BYTES` fresh bytes from the platform's generator, used once. */
  readonly entropy: Uint8Array;
  readonly answered: readonly AnsweredQuery[];
  /** For each kind of rows this query is over: the contributors of every sum the site knows of, over the study's life. */
  readonly earlier: readonly Cohorts[];
  /** Highest round number this device has stored; 0 if none. */
  readonly lastRound: number;
}

export type ParticipantEvent =
  | OpenEvent
  /** Ed25519 signatures over the messages of the last `sign` effect, in order. */
  | { readonly type: 'signed'; readonly round: number; readonly signatures: readonly Uint8Array[] }
  /** The last `store` effect is on disk. */
  | { readonly type: 'stored'; readonly round: number }
  | { readonly type: 'worked'; readonly round: number; readonly vector: EncodedVector }
  | { readonly type: 'work-failed'; readonly round: number; readonly code: RejectionCode }
  | { readonly type: 'message'; readonly message: CoordinatorMessage }
  /** The blobs of the last `fetch` effect that could be had, by hash. */
  | { readonly type: 'fetched'; readonly round: number; readonly blobs: ReadonlyMap<string, Uint8Array> }
  | { readonly type: 'stop' };

export type ParticipantEffect =
  | { readonly type: 'work'; readonly round: number; readonly query: Query }
  | { readonly type: 'sign'; readonly round: number; readonly purpose: SigningPurpose; readonly messages: readonly Uint8Array[] }
  | { readonly type: 'store'; readonly record: StoredRecord }
  | { readonly type: 'send'; readonly message: SiteMessage }
  /** Upload and wait for the acknowledgement before any later `send`. */
  | { readonly type: 'upload'; readonly round: number; readonly vector: MaskedVector; readonly hash: string }
  | { readonly type: 'fetch'; readonly round: number; readonly hashes: readonly string[] }
  | {
      readonly type: 'released';
      readonly round: number;
      readonly sum: EncodedVector;
      /** Contributors, by rising roster index. */
      readonly survivors: readonly number[];
      readonly transcript: string;
      /** Whether this site recomputed the whole sum from the masked vectors. */
      readonly recomputed: boolean;
    }
  | { readonly type: 'refused'; readonly round: number; readonly code: RejectionCode };

/** Secrets of one round. They exist until the vector is masked. */
export interface RoundSecrets {
  readonly envelopeSecret: Uint8Array;
  readonly maskSecret: Uint8Array;
  readonly selfSeed: Uint8Array;
  /** Seed of the polynomials and nonces; independent of the three above. */
  readonly sharingSeed: Uint8Array;
}

/** What a site holds of another's secrets. */
export interface HeldShare {
  readonly of: number;
  readonly selfSeedShare: Uint8Array;
  readonly maskKeyShare: Uint8Array;
}

export type Work = { readonly kind: 'pending' } | { readonly kind: 'done'; readonly vector: EncodedVector };

/** What every phase of an open round knows. */
export interface Open {
  readonly index: number;
  readonly terms: RoundTerms;
  readonly ownMinimum: number;
  /** This query over these rows, from `answeredQuery`. */
  readonly query: string;
  readonly answered: readonly AnsweredQuery[];
  readonly earlier: readonly Cohorts[];
  /** Messages that came before their turn, at most one a kind. */
  readonly held: ReadonlyMap<CoordinatorMessageKind, CoordinatorMessage>;
}
export interface WithSecrets extends Open {
  readonly secrets: RoundSecrets;
  readonly work: Work;
}
export interface WithContext extends Open, Thresholds {
  readonly adverts: readonly Advert[];
  readonly context: Uint8Array;
  /** This site's own shares; others' are added when they arrive. */
  readonly shares: readonly HeldShare[];
}
export interface WithSharers extends WithContext {
  /** U1. */
  readonly sharers: readonly number[];
}
export interface WithVector extends WithSharers {
  readonly sizeBytes: number;
  readonly vectorHash: string;
}
export interface WithSurvivors extends WithVector {
  /** U3. */
  readonly survivors: readonly Survivor[];
}

export type ParticipantState =
  | { readonly phase: 'idle'; readonly index: number; readonly lastRound: number }
  | (WithSecrets & { readonly phase: 'recording-round' })
  | (WithSecrets & { readonly phase: 'signing-advert'; readonly unsigned: Omit<Advert, 'signature'> })
  | (WithSecrets & { readonly phase: 'advertised'; readonly advert: Advert })
  | (WithSecrets & WithContext & { readonly phase: 'signing-shares'; readonly dealt: readonly UnsignedShare[] })
  | (WithSecrets & WithContext & { readonly phase: 'shared' })
  | (WithContext & { readonly phase: 'complaining'; readonly against: number })
  | (WithSecrets & WithSharers & { readonly phase: 'working' })
  | (WithVector & { readonly phase: 'signing-vector' })
  | (WithVector & { readonly phase: 'sent' })
  | (WithSurvivors & { readonly phase: 'recording-query' })
  | (WithSurvivors & { readonly phase: 'signing-agreement' })
  | (WithSurvivors & { readonly phase: 'agreed' })
  | (WithSurvivors & { readonly phase: 'recording-release' })
  | (WithSurvivors & { readonly phase: 'signing-unmask' })
  | (WithSurvivors & { readonly phase: 'answered' })
  | (WithSurvivors & { readonly phase: 'fetching'; readonly released: CoordinatorSays<'released'> })
  | { readonly phase: 'ended'; readonly index: number; readonly lastRound: number; readonly outcome: 'released' | RejectionCode };

/** One sealed share before its signature. */
export interface UnsignedShare {
  readonly to: number;
  readonly sealed: string;
  readonly selfSeedCommitment: string;
  readonly maskKeyCommitment: string;
}

export type ParticipantPhase = ParticipantState['phase'];
/** The state of one phase. */
export type ParticipantIn<Phase extends ParticipantPhase> = Extract<ParticipantState, { phase: Phase }>;

export interface ParticipantStep {
  readonly state: ParticipantState;
  readonly effects: readonly ParticipantEffect[];
}
