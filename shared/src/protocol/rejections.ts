/**
 * Every reason for which a message is rejected, a round ends early or a site refuses, with the sentence a page shows.
 * The list is closed: a code that is not here cannot be sent.
 */
import * as z from 'zod';

export const REJECTIONS = {
  malformed: 'The message does not have the agreed form.',
  'wrong-study': 'The message belongs to another study.',
  'wrong-plan': 'The plan is not the one that was signed.',
  'wrong-round': 'The message belongs to another round.',
  'wrong-phase': 'The message does not belong to this phase.',
  'stale-round': 'The round is not newer than one this site has already answered.',
  'not-on-roster': 'The site is not on the roster of this study.',
  'roster-mismatch': 'The list of hospitals differs from the one this site accepted.',
  'roster-unconfirmed': 'Nobody at this hospital has confirmed the list of hospitals with another hospital.',
  'roster-rolled-back': 'The list of hospitals is older than the one this site accepted.',
  'roster-forked': 'Two different lists of hospitals have the same version.',
  'roster-gap': 'Versions of the list of hospitals are missing in between.',
  'roster-wrong-previous': 'The list of hospitals does not follow the one this site accepted.',
  'roster-unsigned': 'Too few hospitals have signed the new list of hospitals.',
  'plan-unsigned': 'Not every hospital has signed the plan and the list of hospitals.',
  'people-unsigned': 'A hospital whose plans two people sign has not the good signatures of both.',
  'people-mismatch': 'The list names other people for this hospital than those it has declared.',
  'device-not-certified': 'This device does not speak for the site: its certificate has ended, was suspended or was replaced.',
  'clock-wrong': 'By the clock of this computer the certificates of the hospitals do not hold today.',
  'not-in-cohort': 'The site does not belong to the fixed cohort of this query.',
  duplicate: 'The message was already received; nothing changed.',
  conflict: 'The site has already given another answer to the same question.',
  'too-many-changes': 'This site has changed its word too often; nothing changed.',
  late: 'The answer came after the phase had closed; the site joins the next round.',
  superseded: 'Another tab of the same site has taken over.',
  'bad-signature': 'A signature does not fit.',
  'wrong-model': 'The site holds another model than the round is about.',
  'model-not-derived': 'The model does not follow from the sums this site has seen, so the site does not work on it.',
  'wrong-transcript': 'The round does not follow the last released round this site knows.',
  'adverts-inconsistent': 'The list of keys is not one correctly signed entry for each site.',
  'sharers-inconsistent': 'The list of sites that shared their keys does not fit the list of keys.',
  'survivors-inconsistent': 'The sites were not shown the same list of contributors.',
  'zero-key': 'A key of another site is not a usable key.',
  'bad-share': 'A share does not fit what its sender signed.',
  'bad-reconstruction': 'A reconstructed key does not fit the one its site had announced.',
  'blob-missing': 'The announced bytes are not there.',
  'wrong-size': 'The announced bytes do not have the agreed length.',
  'out-of-range': 'A value of this site does not fit the agreed range and was not sent.',
  diverged: 'Training diverged at this site; nothing was sent.',
  'work-failed': 'The local computation failed at this site; nothing was sent.',
  'policy-forbids': 'The policy of this site forbids this query.',
  'below-threshold': 'Too few sites answered to open the sum.',
  'below-minimum': 'Fewer sites than the agreed minimum would contribute.',
  'cohort-incomplete': 'A site of the fixed cohort is missing; the query waits for it.',
  'query-conflict': 'The same query was already answered with other contributors.',
  'answered-elsewhere':
    'This device came by the recovery file, and the one before it may have answered this question with other hospitals. It takes part from the next sum on.',
  'would-isolate': 'Together with earlier sums this one would show fewer hospitals than the minimum.',
  'sum-mismatch': 'The published sum is not the sum of the masked vectors.',
  cancelled: 'The coordinator cancelled the round.',
  stopped: 'The site stopped its participation.',
} as const;

export type RejectionCode = keyof typeof REJECTIONS;

/** Schema of a code in a message. */
export const rejectionCode = z.enum(Object.keys(REJECTIONS) as [RejectionCode, ...RejectionCode[]]);

/**
 * The sentence for a code.
 *
 * @param code - One of the closed list.
 * @returns One plain English sentence.
 */
export function explainRejection(code: RejectionCode): string {
  return REJECTIONS[code];
}
