/** Troubles of the people who sign for a hospital, in English. */
export const peopleTroublesEn = {
  'people-unsigned': {
    what: 'A hospital whose plans two people sign has not the good signatures of both, so no round opens.',
    left: 'rows',
    next: 'Wait until both have signed. If the coordinator says that they have, tell the other hospitals by telephone.',
  },
  'people-mismatch': {
    what: 'The list of hospitals names other people for your hospital than you have named here. It is refused.',
    left: 'rows',
    next: 'Sign nothing. If a certificate has ended, name the people anew in the next version of the study; otherwise tell the other hospitals.',
  },
  'too-many-people': {
    what: 'This hospital has named eight people in this study, those it took back among them. No more are taken.',
    left: 'key',
    next: 'Have your coordinator take the seat back and invite your hospital anew, or name them in the next version of the study.',
  },
  'people-complete': { what: 'Two people sign for this hospital already.', left: 'key', next: 'Take one of them back first.' },
  'person-twice': {
    what: 'This key is in the study already: as a person’s or as a browser’s.',
    left: 'key',
    next: 'Each person needs a key of their own, made in a browser of their own. Add the person anew.',
  },
  'person-same-name': {
    what: 'The other person of this hospital has the same name.',
    left: 'key',
    next: 'Two people are told apart by their names: have the second one make a key under its full name.',
  },
  'person-words-differ': {
    what: 'These are not the words of the key that arrived here. Nobody was named.',
    left: 'rows',
    next: 'Begin again with a new link and hear the words once more. If they stay different, somebody puts another key in the place of the person’s: stop, and tell the other hospitals.',
  },
  'recovery-other': {
    what: 'This is the recovery file of another hospital or of another study.',
    left: 'rows',
    next: 'Bring the file that you saved when this hospital joined this study.',
  },
  'list-made': {
    what: 'The list of hospitals is made, so nobody can be named or taken back any more.',
    left: 'key',
    next: 'Other people can sign from the next version of the study on: ask the coordinator. If you had a key in this browser, its storage was cleared; without it you cannot sign.',
  },
  'signers-incomplete': {
    what: 'A hospital has named one person who signs, and not yet the second.',
    left: 'key',
    next: 'Start when it has named the second, or taken the first back.',
  },
  'person-no-link': {
    what: 'This page is opened by a link from the browser of your hospital. There is none here, and this browser holds no key of yours for the study.',
    left: 'rows',
    next: 'Ask your hospital for the link. If you made a key here before, its storage was cleared or it was a private window: your hospital takes the old key back and sends a new link.',
  },
  'person-key-missing': {
    what: 'The key that was made here is gone: this browser’s storage was cleared, or it was a private window.',
    left: 'rows',
    next: 'Have your hospital take the old key back, and open a new link from it. Once the list of hospitals is made, that is possible in the next version of the study only.',
  },
  'person-unknown': { what: 'No hospital of this study has named you.', left: 'key', next: 'Ask your hospital for a new link.' },
  'person-withdrawn': {
    what: 'Your hospital has taken this key back. It signs nothing more.',
    left: 'key',
    next: 'If you are to sign after all, begin anew with a new link from your hospital.',
  },
  'person-expired': {
    what: 'The certificate of your key has ended; it holds for 90 days.',
    left: 'key',
    next: 'Have your hospital take it back and send a new link. Once the list of hospitals is made, that is possible in the next version of the study only.',
  },
  'person-altered': {
    what: 'What your hospital is said to have taken is not this key under your name and role.',
    left: 'key',
    next: 'Sign nothing. Tell your hospital by telephone: somebody may have put another key in the place of yours.',
  },
  'person-not-listed': {
    what: 'The list of hospitals does not name you for your hospital.',
    left: 'key',
    next: 'Sign nothing. Tell your hospital by telephone: the coordinator shows another list than was agreed.',
  },
  'program-differs': {
    what: 'The browser of your hospital has signed for another program than this page was built with.',
    left: 'key',
    next: 'Load both pages again, from one address. If it stays so, have your IT check both.',
  },
  'already-signed': {
    what: 'This hospital has signed already; a refusal comes too late.',
    left: 'key',
    next: 'Your hospital can stop or leave the study.',
  },
  'too-many-words': { what: 'You have said yes or no too often in this study.', left: 'key', next: 'Ask your hospital.' },
} as const;
