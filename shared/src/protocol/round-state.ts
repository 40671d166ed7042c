/**
 * The states, events and effects of one round at the coordinator. Plain data: it survives structuredClone and replay.
 *
 *   advertising → sharing → masking → agreeing → unmasking → summing → released
 *        └───────────┴─────────┴─────────┴───────────┴──────────┴───→ aborted
 *
 * Source: docs/protocol.md; Bonawitz et al. 2017 (doi 10.1145/3133956.3133982), Figure 4.
 */
import type { Layout } from '../secagg/index.ts';
import type { CoordinatorMessage, Survivor } from './coordinator-messages.ts';
import type { RejectionCode } from './rejections.ts';
import type { SiteMessage, SiteMessageKind, SiteSays } from './site-messages.ts';
import type { RoundTerms, Thresholds } from './terms.ts';
import type { RoundMasks } from './verify-sum.ts';

/** The phases that wait for sites, in order. */
export const OPEN_PHASES = ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking'] as const;
export type OpenPhase = (typeof OPEN_PHASES)[number];
export type Phase = OpenPhase | 'summing' | 'released' | 'aborted';

/** Which of the plan's three limits a phase runs under. */
export type Limit = 'join' | 'train' | 'answer';

/** What every open phase knows. Sites are roster indices throughout. */
export interface Standing {
  readonly terms: RoundTerms;
  /** Contributors an earlier attempt at this query announced; the contributors must be these again. */
  readonly requiredSurvivors: readonly number[] | null;
  /** Sites without a connection: not waited for, welcome if they are back in time. */
  readonly gone: ReadonlySet<number>;
  /** Sites that refused or gave a share that does not fit: never waited for. */
  readonly withdrawn: ReadonlySet<number>;
  /** Sites that asked for the model and have not been answered. */
  readonly needing: ReadonlySet<number>;
}

interface Advertised extends Standing {
  readonly adverts: ReadonlyMap<number, SiteSays<'advertise-keys'>>;
}
/** From `sharing` on, thresholds and context are fixed. */
interface Fixed extends Advertised, Thresholds {
  /** Hex. */
  readonly context: string;
  readonly shares: ReadonlyMap<number, SiteSays<'share-keys'>>;
}
interface Masked extends Fixed {
  readonly vectors: ReadonlyMap<number, SiteSays<'masked-vector'>>;
}
interface Agreed extends Masked {
  /** U3, by rising index. */
  readonly survivors: readonly Survivor[];
  readonly agreements: ReadonlyMap<number, SiteSays<'consistency'>>;
}
interface Unmasked extends Agreed {
  readonly answers: ReadonlyMap<number, SiteSays<'unmask'>>;
  /** Sites that signed a share which is not the one their peer had committed to. */
  readonly faulty: ReadonlySet<number>;
}

export type Advertising = Advertised & { readonly phase: 'advertising'; readonly expected: ReadonlySet<number> };
export type Sharing = Fixed & { readonly phase: 'sharing' };
export type Masking = Masked & { readonly phase: 'masking' };
export type Agreeing = Agreed & { readonly phase: 'agreeing' };
export type Unmasking = Unmasked & { readonly phase: 'unmasking' };
export type Summing = Unmasked & { readonly phase: 'summing'; readonly masks: RoundMasks };
export type Released = Unmasked & {
  readonly phase: 'released';
  readonly masks: RoundMasks;
  readonly sum: string;
  readonly sumSizeBytes: number;
  readonly transcript: string;
};
export type Aborted = {
  readonly phase: 'aborted';
  readonly terms: RoundTerms;
  readonly code: RejectionCode;
  readonly blame: readonly number[];
  /** Contributors that had been announced, if the round got that far: the next attempt at this query needs the same. */
  readonly announced: readonly number[] | null;
};

/** Every state in which thresholds and context are fixed. */
export type FixedState = Sharing | Masking | Agreeing | Unmasking | Summing | Released;
export type OpenState = Advertising | Sharing | Masking | Agreeing | Unmasking;
export type RoundState = OpenState | Summing | Released | Aborted;

export type RoundEvent =
  | { readonly type: 'message'; readonly from: number; readonly message: SiteMessage }
  | { readonly type: 'deadline'; readonly phase: Phase }
  | { readonly type: 'gone'; readonly site: number }
  | { readonly type: 'back'; readonly site: number }
  | { readonly type: 'summed'; readonly hash: string; readonly sizeBytes: number }
  /** A masked vector that had been accepted is not there any more. */
  | { readonly type: 'lost' }
  | { readonly type: 'cancel' };

export type RoundEffect =
  | { readonly type: 'send'; readonly to: number; readonly message: CoordinatorMessage }
  /** Start the phase's timer; answer it with `deadline`. In `advertising` the runner also sends `open-round`. */
  | { readonly type: 'open-phase'; readonly phase: OpenPhase; readonly limit: Limit; readonly waitingFor: readonly number[] }
  /** Send `rejected`; `round` is the rejected message's own, null if it had none. */
  | {
      readonly type: 'reject';
      readonly to: number;
      readonly round: number | null;
      readonly kind: SiteMessageKind;
      readonly code: RejectionCode;
    }
  /** Answer a `need-model` with `catch-up`: enough of these sites signed that they hold the round's model. */
  | { readonly type: 'catch-up'; readonly to: number; readonly adverts: readonly SiteSays<'advertise-keys'>[] }
  /** Add up these blobs with `roundSum`, store the packed sum, answer with `summed`. */
  | {
      readonly type: 'sum';
      readonly layout: Layout;
      readonly masked: readonly { readonly site: number; readonly hash: string }[];
      readonly masks: RoundMasks;
    }
  | { readonly type: 'release'; readonly survivors: readonly number[]; readonly sum: string; readonly transcript: string }
  | { readonly type: 'abort'; readonly code: RejectionCode; readonly blame: readonly number[] };

export interface Step {
  readonly state: RoundState;
  readonly effects: readonly RoundEffect[];
}
