/**
 * A message after its turn: a repeat changes nothing; another list than the one already acted upon is a contradiction.
 */
import type { CoordinatorSays } from './coordinator-messages.ts';
import type { OpenParticipant } from './participant-common.ts';

type Turn = CoordinatorSays<'adverts' | 'envelopes' | 'survivors' | 'agreement' | 'released'>;

/** Whether a late message says something else than the site was told before. */
export function contradicts(state: OpenParticipant, message: Turn): boolean {
  switch (message.kind) {
    case 'adverts':
      return 'adverts' in state && differs(state.adverts, message.adverts);
    case 'envelopes':
      return 'sharers' in state && differs(state.sharers, message.sharers);
    case 'survivors':
      return 'survivors' in state && differs(state.survivors, message.survivors);
    case 'agreement':
      return false; // more or other valid signatures on the same values change nothing
    case 'released':
      return 'released' in state && differs(state.released, message);
  }
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
