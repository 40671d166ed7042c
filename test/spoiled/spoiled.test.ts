/** Every spoilt file is read to the cells it must give, and what is left out of it is named. */
import { plainNumber, readTable } from '@consilium/shared/reading';
import { describe, expect, it } from 'vitest';
import { SPOILED } from './spoiled.ts';

describe('a spoilt file', () => {
  it.each(SPOILED.map((spoiled) => [spoiled.name, spoiled] as const))(
    '%s',
    async (_, { fileName, bytes, choices, columns, rows, dropped, is = {} }) => {
      const read = await readTable(bytes, fileName, choices);
      expect(read.columns).toEqual(columns);
      expect(read.rows).toEqual(rows);
      expect(read.rowCount).toBe(rows.length);
      expect(read.dropped.map(({ row, kind }) => [row, kind])).toEqual(dropped ?? []);
      for (const { reason } of read.dropped) expect(reason).toMatch(/^Line \d+ .*\.$/);
      if (is.encoding !== undefined) expect(read.encoding).toBe(is.encoding);
      if (is.delimiter !== undefined) expect(read.delimiter).toBe(is.delimiter);
      if (is.headerRow !== undefined) expect(read.headerRow).toBe(is.headerRow);
      if (is.rowNumber !== undefined) expect([...read.rowNumber]).toEqual(is.rowNumber);
      expect(read.ragged.map(({ row }) => row)).toEqual(is.ragged ?? []);
      if (is.ambiguous !== undefined)
        expect(read.columns.filter((_name, column) => read.numbers[column]!.isAmbiguous)).toEqual(is.ambiguous);
      for (const [name, values] of Object.entries(is.numbers ?? {})) {
        const column = read.columns.indexOf(name);
        const found = read.rows.map((row) => plainNumber(row[column]!.trim(), read.numbers[column]!));
        expect(found.map((text) => (text === null ? null : Number(text)))).toEqual(values);
      }
    },
  );

  it('offers what a person may choose instead', async () => {
    const polish = SPOILED.find(({ name }) => name.startsWith('windows-1250'))!;
    const read = await readTable(polish.bytes, polish.fileName);
    const offered = new Map(read.choices.encodings.map(({ encoding, sample }) => [encoding, sample.join(' ')]));
    expect(read.choices.encodings[0]?.encoding).toBe('windows-1250');
    expect(offered.get('windows-1250')).toContain('Oddział');
    expect(offered.get('windows-1252')).toContain('Oddzia³');
    const again = await readTable(polish.bytes, polish.fileName, { encoding: 'windows-1252' });
    expect(again.encoding).toBe('windows-1252');
    expect(again.cell(0, 5)).toBe('Oddzia³ Wewnêtrzny');
  });

  it('has at least thirty kinds', () => {
    expect(new Set(SPOILED.map(({ name }) => name)).size).toBeGreaterThan(60);
  });
});
