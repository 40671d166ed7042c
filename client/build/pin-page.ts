/**
 * Subresource integrity for a built page: each script and style it names carries its hash, and an import map carries those of the scripts
 * that scripts import, at once or later. The import map is inline, so its own hash goes into the page's policy.
 *
 * Source: W3C Subresource Integrity; HTML, "import map integrity".
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `sha384-…` of a file. */
export function integrityOf(folder: string, name: string): string {
  return `sha384-${createHash('sha384')
    .update(readFileSync(join(folder, name)))
    .digest('base64')}`;
}

/**
 * Rewrites the page on the disk.
 *
 * @returns CSP source of its import map, `sha256-…`.
 */
export function pinPage(folder: string, page: string): string {
  const scripts = readdirSync(join(folder, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .sort();
  const map = JSON.stringify({
    integrity: Object.fromEntries(scripts.map((name) => [`/assets/${name}`, integrityOf(folder, `assets/${name}`)])),
  });
  const pinned = readFileSync(join(folder, page), 'utf8')
    .replace(/<(script|link)\b[^>]*?\b(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"[^>]*>/g, (tag, _kind, name: string) =>
      tag.replace(/>$/, ` integrity="${integrityOf(folder, name)}">`),
    )
    .replace('<script type="module"', `<script type="importmap">${map}</script>\n    <script type="module"`);
  writeFileSync(join(folder, page), pinned);
  return `sha256-${createHash('sha256').update(map).digest('base64')}`;
}
