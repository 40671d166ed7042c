/** What a code of the registry of models, or of a model's file, means to a person, in English. */
import type { TroubleWords } from './trouble-words.ts';

export const modelTroublesEn = {
  'not-a-model': {
    what: 'This file cannot be used as a model. {text}',
    left: 'file',
    next: 'Choose a model.json or the archive of an export.',
  },
  'no-reason': { what: 'A decision on a model needs a reason.', left: 'rows', next: 'Say why in a sentence; it is kept.' },
  'nobody-named': { what: 'A decision needs somebody who makes it.', left: 'rows', next: 'Sign in again.' },
  'unknown-model': { what: 'This study has no such model.', left: 'rows', next: 'Load the page again.' },
  'already-promoted': { what: 'This model is in use already.', left: 'rows', next: 'Somebody may have been faster. Load the page again.' },
  'already-retired': { what: 'This model is retired already.', left: 'rows', next: 'Somebody may have been faster. Load the page again.' },
  'not-shown-better': {
    what: 'This model is not shown to be better than the exact fit on validation patients, so it may not be put in use.',
    left: 'rows',
    next: 'Put the exact fit in use.',
  },
  'not-calibrated': {
    what: 'The calibration slope of this model is outside 0.8 to 1.25 on validation patients, so it may not be put in use.',
    left: 'rows',
    next: 'Put the exact fit in use.',
  },
  'nothing-to-roll-back-to': {
    what: 'No other model was in use before.',
    left: 'rows',
    next: 'Put another model in use, or retire this one.',
  },
  'not-finished': { what: 'The study has not closed yet.', left: 'rows', next: 'Its models can be decided on once it has.' },
} as const satisfies { readonly [code: string]: TroubleWords };
