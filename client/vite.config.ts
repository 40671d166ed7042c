/**
 * Builds the two pages. The hashes of the chamber's files and of its boot script are compiled into them, so a page only
 * ever starts the chamber it was built with.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bootHash, chamberHash, pinnedFiles } from './build/chamber-files.ts';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, 'dist');
const files = pinnedFiles(outDir);

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
    rollupOptions: { input: { index: join(here, 'index.html'), console: join(here, 'console.html'), check: join(here, 'check.html') } },
  },
  plugins: [
    { name: 'forget-old-assets', buildStart: () => rmSync(join(outDir, 'assets'), { recursive: true, force: true }) },
    { name: 'describe-build', writeBundle: describeBuild },
  ],
});

/** Writes chamber-boot.json, which the coordinator reads to allow the boot script and to name this build. */
function describeBuild(): void {
  const hash = createHash('sha256');
  const names = ['index.html', 'console.html', 'check.html', 'chamber.js', ...files.wasm.map((file) => file.name)];
  const assets = readdirSync(join(outDir, 'assets')).map((name) => `assets/${name}`);
  for (const name of [...names, ...assets].sort()) hash.update(`${name}\n`).update(readFileSync(join(outDir, name)));
  writeFileSync(join(outDir, 'chamber-boot.json'), `${JSON.stringify({ bootHash: bootHash(), build: hash.digest('hex') }, null, 2)}\n`);
}
