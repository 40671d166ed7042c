/**
 * One page in one file: no script, no request, a policy that forbids both, and a look that prints. Everything that comes from a plan
 * or a file is shown as text.
 */
import { createHash } from 'node:crypto';
import { PAGE_STYLE } from './page-style.ts';

/** Text that was made safe, or was written here. */
export interface Markup {
  readonly markup: string;
}

const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SPECIAL[sign] ?? sign);

export const raw = (markup: string): Markup => ({ markup });

type Part = Markup | string | number | null | readonly (Markup | string)[];

/** A template: plain values are escaped, markup stays. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const text = (part: Part): string => {
    if (part === null) return '';
    if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
    return 'markup' in part ? part.markup : part.map(text).join('');
  };
  return raw(strings.reduce((whole, piece, at) => `${whole}${text(values[at - 1] ?? null)}${piece}`));
}

/** The whole document. */
export function page(title: string, body: Markup): string {
  const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}

/** A table that scrolls inside itself; numbers stand right. */
export function tableOf(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  numbersFrom = 1,
): Markup {
  const side = (at: number) => raw(at >= numbersFrom ? ' class="number"' : '');
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption class="unseen">${caption}</caption>
<thead><tr>${head.map((text, at) => markup`<th scope="col"${side(at)}>${text}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell, at) => (at === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td${side(at)}>${cell}</td>`))}</tr>`)}</tbody></table></div>`;
}

/** A chart with what it shows in words and as a table behind it. */
export function figureOf(title: string, note: string, chart: Markup, table: Markup, legend: Markup | null = null): Markup {
  return markup`<figure><figcaption>${title}</figcaption>
<div class="chart">${chart}</div>${legend}
${note === '' ? null : markup`<p class="quiet">${note}</p>`}
<details><summary>Numbers of this chart</summary>${table}</details></figure>`;
}
