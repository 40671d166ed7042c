/**
 * What of an event is written down. A message that changed nothing is not needed to replay the log: of a refused one the log has a line without
 * its content, and only so many lines a site, so that a dishonest hospital cannot fill the disk with what is refused.
 */

import type { StudyStep } from './study-effects.ts';
import type { StudyEvent } from './study-event.ts';
import type { StudyState } from './study-state.ts';

/** Refusals of one site that the log has over the study's life: more than any fault explains, and well below a megabyte. */
export const MOST_TURNED_AWAY = 1000;

/** Requests that anyone who has the address can make: one that is refused, or says again what was said, leaves nothing behind. */
const FROM_ANYBODY: ReadonlySet<StudyEvent['type']> = new Set([
  'person-certified',
  'person-withdrawn',
  'person-approved',
  'person-refused',
]);

export interface LogEntries {
  /** Counts an entry of the log that is replayed. */
  replayed(event: StudyEvent): void;
  /** What to append, or null. */
  entryFor(before: StudyState, step: StudyStep, event: StudyEvent): StudyEvent | null;
}

export function createLogEntries(most: number = MOST_TURNED_AWAY): LogEntries {
  const counts = new Map<string, number>();
  const count = (site: string): number => {
    const next = (counts.get(site) ?? 0) + 1;
    counts.set(site, next);
    return next;
  };
  return {
    replayed: (event) => {
      if (event.type === 'turned-away') count(event.site);
    },
    entryFor: (before, { state, effects }, event) => {
      if (!isSame(before, state)) return event;
      if (FROM_ANYBODY.has(event.type)) return null;
      if (event.type !== 'message') return event;
      const refused = effects.find((effect) => effect.type === 'refuse');
      if (refused?.type !== 'refuse' || count(event.site) > most) return null;
      const { kind } = event.message;
      const round = 'round' in event.message ? event.message.round : null;
      return { type: 'turned-away', site: event.site, kind, round, code: refused.code };
    },
  };
}

/** A step that changes nothing keeps every part of the state. */
const isSame = (a: StudyState, b: StudyState): boolean => (Object.keys(b) as (keyof StudyState)[]).every((key) => a[key] === b[key]);
