/**
 * The vector of the round that is under way, before masking, for the eyes of the hospital alone: held while the round lasts, never stored,
 * never sent, never written to a list.
 */
import { decodeStatistics, type EncodedVector, STATISTICS_STEP } from '../secagg/index.ts';

export interface HeldAnswer {
  readonly round: number;
  readonly kind: string;
  /** Counts, weights and sums, in their units. */
  readonly header: Float64Array;
  /** The update's whole numbers, as they are masked; the first of them. */
  readonly body: Uint32Array;
  readonly bodyLength: number;
}

const SHOWN = 200;

export interface Holder {
  keep(round: number, kind: string, vector: EncodedVector): void;
  /** The round is over, or a person stopped. */
  drop(): void;
  view(): HeldAnswer | null;
}

export function answerHolder(): Holder {
  let held: HeldAnswer | null = null;
  return {
    keep(round, kind, { header, body }) {
      held = { round, kind, header: decodeStatistics(header, STATISTICS_STEP), body: body.slice(0, SHOWN), bodyLength: body.length };
    },
    drop() {
      held?.header.fill(0);
      held?.body.fill(0);
      held = null;
    },
    view: () => (held === null ? null : { ...held, header: held.header.slice(), body: held.body.slice() }),
  };
}
