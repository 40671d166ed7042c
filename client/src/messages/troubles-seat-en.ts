/** What a code about a seat in a study means to a person, in English. */
import type { TroubleWords } from './trouble-words.ts';

export const seatTroublesEn = {
  'answered-elsewhere': {
    what: 'This device came by the recovery file, and the one before it may have answered this question together with other hospitals.',
    left: 'rows',
    next: 'Nothing is answered this time; from the next sum on this device takes part.',
  },
  'storage-lost': {
    what: 'This browser has just lost what it kept of this hospital: its storage was cleared.',
    left: 'rows',
    next: 'Nothing more is sent, since nothing can be written down first. Load the page again, then bring the recovery file and its words.',
  },
  'storage-cleared': {
    what: 'This tab spoke for a hospital, and this browser keeps nothing of it any more: its key, the list of what left and the record are gone. Its storage was cleared.',
    left: 'rows',
    next: 'Bring the recovery file and its words: they let this browser speak for the hospital again. The study and its record at the coordinator are untouched; columns are matched anew.',
  },
  'left-untold': {
    what: 'You left this study, but nobody could be told: the coordinator was not reached.',
    left: 'rows',
    next: 'Nothing more is sent. Tell the coordinator another way; or take part again once it can be reached, and leave then.',
  },
  'hospital-left': {
    what: 'A hospital has left whose patients are in the sums of this study. Without it the next sums would show its numbers by subtraction.',
    left: 'rows',
    next: 'This study cannot go on; the coordinator can stop it. What was found so far stays.',
  },
  'too-few-left': {
    what: 'Hospitals have left, and too few remain for the plan.',
    left: 'rows',
    next: 'This study cannot go on; the coordinator can stop it.',
  },
  'cohort-frozen': {
    what: 'Patients of this hospital are in the sums of this study. Sums without it would show its numbers by subtraction.',
    left: 'rows',
    next: 'Wait for it, or stop the study.',
  },
  'no-proposal': {
    what: 'There is no new list of hospitals to sign any more.',
    left: 'rows',
    next: 'Load the page again.',
  },
  'list-changed': {
    what: 'The list of hospitals became another one while you looked at it. Nothing was signed.',
    left: 'rows',
    next: 'Read the list that is shown now, and sign that.',
  },
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
    what: 'The list of hospitals is made, and hospitals sign it: an invitation cannot be taken back any more.',
    left: 'rows',
    next: 'Ask the others to sign a list without it, under the study’s hospitals, or stop the study.',
  },
  'invitation-used': {
    what: 'This invitation was already used.',
    left: 'secret',
    next: 'If your hospital joined with it and this browser has lost its key, bring the recovery file. If it was not you, tell the coordinator at once.',
  },
} as const satisfies { readonly [code: string]: TroubleWords };
