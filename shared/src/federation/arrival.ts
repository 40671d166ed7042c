/**
 * A device that came by the recovery file, while its hospital may have answered from another one. Contributors of released sums come to it with the
 * model, vouched for by its peers; what the device before signed for a sum that was never released, nobody tells it.
 *
 * Rule: it does not answer a question whose contributors are not fixed before it can tell that the device before never saw it: not about the first
 * model that was vouched for to it, and not about one it found in this browser. Every later model came after the device before. In the first round of a
 * study nobody can have answered before; an older first round shown again has no peers in it, so none is signed in it.
 */
import { NO_HASH, type Query } from '../protocol/index.ts';
import type { SiteRecord } from './contracts.ts';
import type { Arrival } from './record-parts.ts';

/** What is known of this device's arrival when a page opens. */
export function arrivalOf({ arrival, answered }: SiteRecord, device: string, isRecovered: boolean): Arrival | null {
  if (!isRecovered) return arrival;
  return arrival?.device === device ? arrival : { device, answered: answered.length, model: null };
}

/** The arrival once a model was vouched for, or derived here. */
export const arrivedAt = (arrival: Arrival | null, model: string): Arrival | null =>
  arrival === null || arrival.model !== null ? arrival : { ...arrival, model };

/** This device has learnt a sum that it was part of: what is asked from here on is new to its hospital. */
export const settledArrival = (arrival: Arrival | null): Arrival | null => arrivedAt(arrival, NO_HASH);

/** Whether the device before may have signed other contributors for this question. */
export function isAnsweredElsewhere(
  { arrival, model, answered }: Pick<SiteRecord, 'arrival' | 'model' | 'answered'>,
  asked: { readonly round: number; readonly modelHash: string; readonly query: Query },
): boolean {
  if (arrival === null || asked.query.cohort !== null || asked.query.kind === 'closing') return false;
  if (arrival.model !== null) return asked.modelHash === arrival.model;
  const isFirst = model === null && (asked.round === 1 || answered.length > arrival.answered);
  return !isFirst;
}
