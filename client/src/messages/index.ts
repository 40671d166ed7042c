/** Words for the pages: one catalogue, two languages, chosen once and changeable at any time. */

export { type Explanation, explain, TROUBLES } from './explain.ts';
export { formatBytes, formatDay, formatDuration, formatMoment, formatNumber, formatTime, unbroken } from './formats.ts';
export { currentLanguage, LANGUAGES, type Language, onLanguage, setLanguage } from './language.ts';
export { CATALOGUES, type MessageKey, say, sayOr } from './say.ts';
