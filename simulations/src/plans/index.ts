/** Plans as a researcher changes them. */
export { draftFromRedcap, type RedcapDraft } from './draft-redcap.ts';
export type { DraftTask, DraftWishes } from './draft-text.ts';
export { drawSettings, type Range, readRange } from './random-settings.ts';
export { changePlan, readSetOption, type SetOption } from './set-option.ts';
export { folderName, gridOf, named, type Setting } from './settings.ts';
