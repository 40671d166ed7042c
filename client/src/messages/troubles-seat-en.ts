/** What a code about a seat in a study means to a person, in English. */
import type { TroubleWords } from './trouble-words.ts';

export const seatTroublesEn = {
  'invitation-unknown': {
    what: 'The secret does not belong to this link.',
    left: 'secret',
    next: 'Check for a missing character. If it is right, ask for a new invitation.',
  },
  'invitation-expired': {
    what: 'This invitation has expired.',
    left: 'secret',
    next: 'Ask the coordinator for a new invitation.',
  },
  'invitation-revoked': {
    what: 'The coordinator has taken this invitation back.',
    left: 'secret',
    next: 'If you did not expect that, ring the coordinator. A new invitation is needed.',
  },
  'seat-removed': {
    what: 'The coordinator has taken this hospital out of the study.',
    left: 'rows',
    next: 'Nothing more is sent. If you did not expect that, ring the coordinator; a new invitation is needed.',
  },
  'hospital-listed': {
    what: 'The list of hospitals is made, and hospitals sign it: none can be taken off any more.',
    left: 'rows',
    next: 'Stop the study, or go on.',
  },
  'invitation-used': {
    what: 'This invitation was already used.',
    left: 'secret',
    next: 'If it was not you, tell the coordinator at once. Ask for a new invitation.',
  },
} as const satisfies { readonly [code: string]: TroubleWords };
