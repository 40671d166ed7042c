/** Plans as a researcher changes them. */
export { drawSettings, type Range, readRange } from './random-settings.ts';
export { changePlan, readSetOption, type SetOption } from './set-option.ts';
export { folderName, gridOf, named, type Setting } from './settings.ts';
