/** What the elements of both pages share. */

export { checkList } from './check-list.ts';
export { languageChoice } from './language-choice.ts';
export { LightElement } from './light-element.ts';
export { consoleTroubleNote, pauseNote, troubleNote } from './trouble-note.ts';
