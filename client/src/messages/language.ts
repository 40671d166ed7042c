/** Which language the pages speak: the person's choice, else the browser's first that we have, else English. */

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'consilium-language';
const listeners = new Set<() => void>();
let language: Language = chosen();

export const currentLanguage = (): Language => language;

/** Changes the language of everything on the page; the choice is kept. */
export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  localStorage.setItem(KEY, next);
  for (const listener of listeners) listener();
}

/** Calls back when the language changes; returns how to stop. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function chosen(): Language {
  const kept = globalThis.localStorage?.getItem(KEY) ?? null;
  const wanted = [kept, ...(globalThis.navigator?.languages ?? [])].map((tag) => tag?.slice(0, 2));
  const found = wanted.find((tag): tag is Language => tag !== undefined && Object.hasOwn(LANGUAGES, tag)) ?? 'en';
  if (globalThis.document !== undefined) document.documentElement.lang = found;
  return found;
}
