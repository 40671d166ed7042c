/** Words for hospitals that leave and for the list that follows, in English. */
export const leavingEn = {
  'leaving.title': 'Leaving the study',
  'leaving.lead': 'Everything has stopped here. One signed message tells the coordinator.',
  'successor.title': 'A new list of hospitals to sign',
  'successor.lead':
    'The list of hospitals changes; version {version} waits for your signature. No sum is asked for until it is in force and all on it have signed.',
  'successor.left': 'Left the study: {names}.',
  'successor.left.proof': 'Their own signature says so; this browser has checked it.',
  'successor.putOff': 'Put off by the coordinator: {names}.',
  'successor.putOff.call': 'Only the coordinator says that they are gone. Ring them before you sign.',
  'successor.stay': 'Who remains: {count} hospitals',
  'successor.plan': 'With the same signature you sign the plan “{title}” anew, under the new list. The plan itself is unchanged.',
  'successor.limits': 'You can sign one list after the one in force, not two. Nobody new can come onto a list this way.',
  'sign.version':
    'This is version {version} of the list. Enough hospitals of the one before have signed it: who is not on it any more has left, or was put off.',
  'successor.action': 'Sign the new list',
  'console.successor':
    'Version {version} of the list, without {names}, is being signed. {signed} of {all} hospitals have signed; {lacking} more signatures put it in force.',
  'console.successor.inForce': 'The new list is in force once enough have signed; sums go on when all on it have.',
  'console.putOff.action': 'Go on without…',
  'console.putOff.sure':
    'Go on without {name}? The other hospitals are asked to sign a list without it, and are told that only you say it is gone. It cannot come back to this study.',
  'console.putOff.yes': 'Ask the others',
  'console.putOff.no': 'Wait for it',
  'console.site.change': 'List',
  'status.left': 'left the study',
  'status.put-off': 'put off the list',
} as const;
