/**
 * Builds the pages. The hashes of the chamber's files and of its boot script are compiled into them, so a page only
 * ever starts the chamber it was built with. Scripts and styles are named in the pages with their hashes, those that scripts import too.
 */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bootHash, chamberHash, pinnedFiles } from './build/chamber-files.ts';
import { writeManifest } from './build/manifest.ts';
import { pinPage } from './build/pin-page.ts';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, 'dist');
const files = pinnedFiles(outDir);
const PAGES = ['index.html', 'console.html', 'check.html', 'use.html', 'person.html'];

export default defineConfig({
  root: here,
  publicDir: false,
  define: {
    'process.env.NODE_ENV': '"production"',
    __CHAMBER_FILES__: JSON.stringify({ bootHash: bootHash(), hash: chamberHash(files), ...files }),
  },
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  build: {
    target: 'es2022',
    outDir,
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: {
        index: join(here, 'index.html'),
        console: join(here, 'console.html'),
        check: join(here, 'check.html'),
        use: join(here, 'use.html'),
        person: join(here, 'person.html'),
      },
    },
  },
  plugins: [
    { name: 'forget-old-assets', buildStart: () => rmSync(join(outDir, 'assets'), { recursive: true, force: true }) },
    { name: 'describe-build', writeBundle: finish },
  ],
});

/** Once everything is on the disk: pins the pages' scripts and styles, then lists all files with their hashes. */
function finish(): void {
  const importMaps = PAGES.map((page) => pinPage(outDir, page));
  writeManifest(outDir, bootHash(), importMaps);
}
