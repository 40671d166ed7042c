/** What the elements of both pages share. */
export { LightElement } from './light-element.ts';
export { languageChoice } from './language-choice.ts';
export { troubleNote } from './trouble-note.ts';
