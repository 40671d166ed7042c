/** What the elements of both pages share. */

export { askOnceMore } from './ask-once-more.ts';
export { checkList } from './check-list.ts';
export { copyButton } from './copy-button.ts';
export { languageChoice } from './language-choice.ts';
export { LightElement } from './light-element.ts';
export { saveFile } from './save-file.ts';
export { consoleTroubleNote, pauseNote, troubleNote } from './trouble-note.ts';
