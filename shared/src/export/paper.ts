/** What the papers of a study share: two languages side by side, and Markdown that shows a plan's texts as text. */

export type PaperLanguage = 'en' | 'de';

/** Picks the sentence of a language. */
export type Say = (en: string, de: string) => string;

export const sayIn =
  (language: PaperLanguage): Say =>
  (en, de) =>
    language === 'en' ? en : de;

/** A plan's own text inside Markdown: never a heading, a link, a table's border or HTML. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);

/** Rows of a Markdown table below their heads. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Bytes with a unit, rounded up. */
export function bytesText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`;
  return bytes < 10_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.ceil(bytes / 1_000_000)} MB`;
}
