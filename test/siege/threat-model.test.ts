/** docs/threat-model.md is what the tests show: its table is the one of attack-table.ts, and every test and file it names exists. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ATTACK_TABLE, attackTable } from './attack-table.ts';

const root = resolve(import.meta.dirname, '../..');
const path = resolve(root, 'docs/threat-model.md');
const MARK = '<!-- table -->';
const PARTS = /<!-- table -->\n[\s\S]*?\nBesides, messages/;

/** What the protocol lists as attacks that must fail, word for word enough to be found in a row. */
const LISTED = [
  ...[
    'different models',
    'one malicious model',
    'swapped key',
    'unsigned or wrongly signed',
    'two adverts',
    'one hospital twice',
    'overlapping',
    'two different lists',
  ],
  ...[
    'below the threshold',
    'below the minimum',
    'replay',
    'same query over two cohorts',
    'across plan versions',
    'three sets',
    'reload and sign again',
    'roster',
    'plan changed',
  ],
  ...[
    'nonce',
    'share that does not fit',
    'wrong sum',
    'truncated, oversized',
    'stranger',
    'flood',
    'device suspended',
    'without end',
    'rounds began',
    'from the middle',
    'stolen invitation',
    'expired session',
    'another site',
    'oversized names and texts',
  ],
];

describe('the threat model', () => {
  it('holds the table of attacks (UPDATE_TABLE=1 writes it anew)', () => {
    const text = readFileSync(path, 'utf8');
    const wanted = text.replace(PARTS, `${MARK}\n\n${attackTable()}\n\nBesides, messages`);
    if (process.env.UPDATE_TABLE === '1') writeFileSync(path, wanted);
    else expect(text.includes(attackTable())).toBe(true);
    expect(wanted).toContain(attackTable());
  });

  it('has a row for every attack of the protocol', () => {
    const rows = ATTACK_TABLE.map(({ attack }) => attack.toLowerCase());
    for (const words of LISTED)
      expect(
        rows.filter((row) => row.includes(words)),
        words,
      ).not.toEqual([]);
    expect(ATTACK_TABLE).toHaveLength(LISTED.length);
  });

  it.each(ATTACK_TABLE.flatMap(({ evidence }) => evidence))('$file has a test "$title"', ({ file, title }) => {
    const source = readFileSync(resolve(root, file), 'utf8').replaceAll("\\'", "'");
    expect(source.includes(`'${title}`) || source.includes(`"${title}`) || source.includes(`\`${title}`), title).toBe(true);
  });

  it('names only files that exist', () => {
    const text = readFileSync(path, 'utf8');
    const files = [...text.matchAll(/`(test\/[\w./-]+\.ts)`/g), ...text.matchAll(/\]\(([\w./-]+\.md)\)/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(20);
    const missing = files.filter((file) => !existsSync(resolve(root, file)) && !existsSync(resolve(root, 'docs', file)));
    expect(missing).toEqual([]);
  });
});
