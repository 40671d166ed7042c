/** What a hospital or a person at the console is told when a study took, or did not take, what they asked. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly text: string };

export const UNWRITTEN: Outcome = { ok: false, code: 'unavailable', text: 'The coordinator could not write this down. Try again later.' };
/** Devices a site may certify in one study: enough for years of ninety days, too few to fill a log. */
export const MOST_DEVICES = 8;
export const NO_OWNER: Outcome = { ok: false, code: 'root-unknown', text: 'No hospital of this study has this key.' };
export const UNSIGNED: Outcome = { ok: false, code: 'bad-signature', text: 'The signature of the hospital’s root key does not fit.' };
export const WRONG_CLOCK: Outcome = {
  ok: false,
  code: 'clock-wrong',
  text: 'The clocks of this computer and of the coordinator differ by more than a day.',
};
export const TOO_MANY_DEVICES: Outcome = {
  ok: false,
  code: 'too-many-devices',
  text: 'This hospital has certified too many devices in this study.',
};
export const CLOSING: Outcome = { ok: false, code: 'unavailable', text: 'The coordinator is stopping.' };
