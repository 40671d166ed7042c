/** Writes the spoilt files into a folder: node test/dist/spoiled/make-spoiled.js FOLDER */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPOILED } from './spoiled.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Give a folder: make-spoiled FOLDER');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  for (const { fileName, bytes } of SPOILED) writeFileSync(join(folder, fileName.replace(/[^\p{L}\p{N}._-]+/gu, '_')), bytes);
  console.log(`${SPOILED.length} files in ${folder}`);
}
