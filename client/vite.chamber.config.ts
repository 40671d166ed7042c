/**
 * Builds the chamber: one classic script of our own origin, because a module worker fails silently inside a sandboxed
 * frame, with the WebAssembly files TensorFlow.js needs beside it. Runs before vite.config.ts, which pins their hashes.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { WASM_FILES } from './build/chamber-files.ts';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, 'dist');

export default defineConfig({
  root: here,
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  build: {
    target: 'es2022',
    outDir,
    emptyOutDir: true,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    lib: { entry: join(here, 'src/chamber/main.ts'), formats: ['iife'], name: 'consiliumChamber', fileName: () => 'chamber.js' },
  },
  plugins: [{ name: 'wasm-files', writeBundle: copyWasmFiles }],
});

function copyWasmFiles(): void {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
  mkdirSync(outDir, { recursive: true });
  for (const name of WASM_FILES) copyFileSync(join(folder, name), join(outDir, name));
}
