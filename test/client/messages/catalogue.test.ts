import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  CATALOGUES,
  explain,
  formatBytes,
  formatNumber,
  LANGUAGES,
  type MessageKey,
  say,
  TROUBLES,
  unbroken,
} from '@consilium/client/messages';
import { REJECTIONS } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';

const places = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const keys = Object.keys(CATALOGUES.en) as MessageKey[];
const source = resolve(import.meta.dirname, '../../../client/src');

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : path.endsWith('.ts') ? [path] : [];
  });
}

describe('the words of the pages', () => {
  for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
    it(`are all there in ${LANGUAGES[language]}, with the same places to fill`, () => {
      expect(Object.keys(CATALOGUES[language]).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        expect(CATALOGUES[language][key].trim(), key).not.toBe('');
        expect(places(CATALOGUES[language][key]), key).toEqual(places(CATALOGUES.en[key]));
      }
    });

    it(`explain every known code in ${LANGUAGES[language]}: what happened, whether anything left, what to do`, () => {
      for (const [code, words] of Object.entries(TROUBLES[language])) {
        expect(words.what.trim(), code).not.toBe('');
        expect(words.next.trim(), code).not.toBe('');
        expect(places(words.what), code).toEqual(places(TROUBLES.en[code as keyof typeof TROUBLES.en].what));
      }
    });
  }

  it('fill their places', () => {
    expect(say('waiting.signed', { signed: 2, all: 4 })).toBe('2 of 4 hospitals have signed.');
  });

  it('say what a refused request to join has sent, and never that nothing was', () => {
    expect(explain('invitation-unknown', '').left).toBe('The secret was sent, with a public key at most; no patient data.');
    expect(explain('taken', '').left).toBe('A public key was sent; no patient data.');
    for (const { left } of Object.values(TROUBLES.en)) expect(say(`trouble.left.${left}`)).not.toBe('Nothing was sent.');
  });

  it('show no code to a person whose study was stopped', () => {
    expect(explain('study-stopped', '').what).toBe('The coordinator stopped the study.');
  });

  it('keep a number with its unit and write a true minus sign', () => {
    expect(formatNumber(-0.3694)).toBe('\u22120.369');
    expect(formatBytes(355)).toBe('355\u00a0B');
    expect(unbroken('3 of 75 values (4 %)')).toBe('3 of 75 values (4\u00a0%)');
  });

  it('have a sentence for every rejection of the protocol', () => {
    for (const code of Object.keys(REJECTIONS)) expect(explain(code, '').what).not.toContain('{');
  });

  it('are all used', () => {
    const text = filesOf(source)
      .filter((path) => !path.includes('/messages/'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const isUsed = (key: string): boolean =>
      text.includes(`'${key}'`) || prefixesOf(key).some((prefix) => text.includes(`\`${prefix}.\${`));
    expect(keys.filter((key) => !isUsed(key) && !key.startsWith('trouble.left.'))).toEqual([]);
  });
});

function prefixesOf(key: string): readonly string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
