/** A result folder in three lines: `import { load } from './load.mjs'` / `const result = await load('out/heart')` / `result.models`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** results.json of a folder, with its rounds as an array of objects. */
export async function load(folder) {
  const results = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'));
  const rounds = (await readFile(join(folder, 'rounds.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { ...results, rounds };
}
