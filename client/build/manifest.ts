/**
 * The list of a build's files with their hashes, and one hash over the list: what `pnpm verify --client` checks from outside the browser, where
 * a served page cannot lie about itself. The coordinator reads from it what its policy must allow.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MANIFEST = 'manifest.json';

/**
 * @param boot - CSP source of the chamber's boot script.
 * @param importMaps - CSP sources of the pages' import maps.
 */
export function writeManifest(folder: string, boot: string, importMaps: readonly string[]): void {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => name !== MANIFEST)
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
  const build = createHash('sha256')
    .update(names.map((name) => `${name} ${files[name]}\n`).join(''))
    .digest('hex');
  const manifest = { format: 'consilium client 1', build, boot, importMaps: [...new Set(importMaps)].sort(), files };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
