/** Why a file or a plan cannot take part, in plain sentences for the person at the page. */
const SENTENCES = {
  'wrong-plan': 'The coordinator now shows another plan than the one this hospital signed. Nothing was sent.',
  'roster-unconfirmed': 'The list of hospitals has not been confirmed with another hospital. Nothing was signed.',
  'no-proposal': 'There is no new list of hospitals to sign any more. Nothing was signed.',
  'list-changed':
    'The list of hospitals is another one by now than the list on the screen. Nothing was signed; look at the new list first.',
  'other-file':
    'This is not the file, or not the mapping, this hospital began the study with. Rows are frozen while a study runs. Nothing was sent.',
  'rows-changed-little':
    'In an earlier version of this study this hospital answered with rows of which only a few are other rows now: the difference of two sums would show these patients. Use the file of the version before, or one in which more patients have changed. Nothing was sent.',
  'rows-unknown':
    'In an earlier version of this study this hospital answered with another file, and this version does not read all columns of that one, so nobody can tell how many patients have changed. Use the file of the version before. Nothing was sent.',
  'not-ready': 'A check of these data failed. Mend the file or the mapping, or accept the check after looking at it. Nothing was sent.',
  'no-usable-rows': 'No row of this file can be used: every row was left out. See the reasons in the report. Nothing was sent.',
  'policy-contributors': 'The list holds fewer hospitals than this hospital’s own limit asks for. Nothing was signed, nothing was sent.',
  'policy-cell': 'The plan shows smaller groups of patients than this hospital’s own limit allows. Nothing was signed, nothing was sent.',
  'policy-epsilon':
    'The plan adds no noise, and this hospital’s own limit asks for a largest epsilon. Nothing was signed, nothing was sent.',
  'policy-tasks': 'The plan asks for something this hospital’s own limits do not allow. Nothing was signed, nothing was sent.',
  'policy-parameters':
    'The plan’s model is larger than this hospital’s own limit allows for its patients. Nothing was signed, nothing was sent.',
  'policy-own-bundle':
    'This hospital takes part only from pages it serves itself, and these come from the coordinator. Nothing was signed, nothing was sent.',
} as const;

export type SiteErrorCode = keyof typeof SENTENCES;

export class SiteError extends Error {
  readonly code: SiteErrorCode;
  /** @param more - What a person needs to know beside the sentence; may be of the hospital's own file, so it stays in its tab. */
  constructor(code: SiteErrorCode, more: readonly string[] = []) {
    super([SENTENCES[code], ...more].join(' '));
    this.name = 'SiteError';
    this.code = code;
  }
}
