/** Troubles of enrolment, of words that differ and of devices, in English. */
export const enrolTroublesEn = {
  'clock-wrong': {
    what: 'The clock of this computer differs from the others by more than a day, so its certificates do not hold.',
    left: 'key',
    next: 'Set date and time of this computer, then try again. If they are right, tell the coordinator: it may be theirs.',
  },
  'recovery-damaged': {
    what: 'This is not a whole recovery file: it is another file, or it was changed or cut.',
    left: 'rows',
    next: 'Choose the file that you saved when the hospital joined, or another copy of it.',
  },
  'wrong-passphrase': {
    what: 'These words do not open this recovery file. The file itself is whole.',
    left: 'rows',
    next: 'Check the seven words and their order. Large or small letters do not matter.',
  },
  'root-unknown': {
    what: 'No hospital of this study has the key of this recovery file.',
    left: 'key',
    next: 'Check that the study is the right one; a hospital has a file of its own for each study it was invited to.',
  },
  'too-many-devices': {
    what: 'This hospital has had too many devices in this study.',
    left: 'key',
    next: 'Go on with the device that speaks for it now, or ask the coordinator.',
  },
  'certificate-older': {
    what: 'The certificate of the device before is newer than this one, so this one would not count.',
    left: 'key',
    next: 'Check the clock of this computer, wait a moment and try again.',
  },
  'certificate-missing': {
    what: 'The certificate of this browser is gone: its storage was cleared, or it was a private window.',
    left: 'rows',
    next: 'Bring the recovery file and its words: they certify this browser anew.',
  },
  'certificate-expired': {
    what: 'The certificate of this browser has ended; it holds for 90 days.',
    left: 'rows',
    next: 'Bring the recovery file and its words: they certify this browser anew.',
  },
  'device-replaced': {
    what: 'Another device speaks for this hospital now. This one sends nothing more.',
    left: 'rows',
    next: 'If nobody at your hospital did this, bring the recovery file, suspend that device, and tell the other hospitals.',
  },
  'device-suspended': {
    what: 'Your hospital has suspended the key of this browser. It sends nothing more.',
    left: 'rows',
    next: 'With the recovery file this browser can get a new key.',
  },
  'device-not-certified': {
    what: 'The device that speaks for this hospital has no certificate that holds today, so it takes part in no round.',
    left: 'rows',
    next: 'Bring the recovery file and certify it anew.',
  },
  'words-differ': {
    what: 'The other hospital sees another list. Sign nothing.',
    left: 'rows',
    next: 'Hear the words once more, one by one: a word may have been misheard. If they stay different, stop here and tell the other hospitals by telephone; the coordinator may show each of you another list.',
  },
  'plan-unsigned': {
    what: 'Not every hospital has signed this plan and this list, so no round opens.',
    left: 'rows',
    next: 'Wait until all have signed.',
  },
} as const;
