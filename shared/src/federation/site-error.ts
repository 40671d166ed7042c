/** Why a file or a plan cannot take part, in plain sentences for the person at the page. */
const SENTENCES = {
  'wrong-plan': 'The coordinator now shows another plan than the one this hospital signed. Nothing was sent.',
  'other-file':
    'This is not the file, or not the mapping, this hospital began the study with. Rows are frozen while a study runs. Nothing was sent.',
  'not-ready': 'A check of these data failed. Mend the file or the mapping, or accept the check after looking at it. Nothing was sent.',
  'no-usable-rows': 'No row of this file can be used: every row was left out. See the reasons in the report. Nothing was sent.',
} as const;

export type SiteErrorCode = keyof typeof SENTENCES;

export class SiteError extends Error {
  readonly code: SiteErrorCode;
  constructor(code: SiteErrorCode) {
    super(SENTENCES[code]);
    this.name = 'SiteError';
    this.code = code;
  }
}
