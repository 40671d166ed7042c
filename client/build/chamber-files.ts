/** What the pages must know about the chamber at build time: names, hashes for `integrity`, and the boot script's hash. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOT_SCRIPT } from '../src/chamber/boot-script.ts';

/** TensorFlow.js picks one by what the browser can do; the threaded one needs shared memory, which a chamber has not. */
export const WASM_FILES: readonly string[] = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

export interface PinnedFile {
  readonly name: string;
  readonly integrity: string;
}

/** The chamber's files in `folder` with their hashes. Throws when the chamber has not been built. */
export function pinnedFiles(folder: string): { readonly script: PinnedFile; readonly wasm: readonly PinnedFile[] } {
  return { script: pin(folder, 'chamber.js'), wasm: WASM_FILES.map((name) => pin(folder, name)) };
}

/** The boot script's source expression for a Content-Security-Policy, without quotes. */
export function bootHash(): string {
  return `sha256-${createHash('sha256').update(BOOT_SCRIPT).digest('base64')}`;
}

/** SHA-256 over the hashes of the chamber's files, hex: what a hospital signs as the program it ran. */
export function chamberHash(files: { readonly script: PinnedFile; readonly wasm: readonly PinnedFile[] }): string {
  const lines = [files.script, ...files.wasm].map(({ name, integrity }) => `${name} ${integrity}\n`);
  return createHash('sha256').update(lines.join('')).update(BOOT_SCRIPT).digest('hex');
}

function pin(folder: string, name: string): PinnedFile {
  const hash = createHash('sha384')
    .update(readFileSync(join(folder, name)))
    .digest('base64');
  return { name, integrity: `sha384-${hash}` };
}
