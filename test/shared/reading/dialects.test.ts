/**
 * Reading is the inverse of writing, in any dialect: a random clinical table is written with a random delimiter, quote, decimal mark, line
 * end, encoding and furniture, and read back equal. And no bytes, however damaged, do anything but give a table or a named error.
 */
import { plainNumber, ReadingError, readCsv, readTable } from '@consilium/shared/reading';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAs } from '../../spoiled/encode.ts';
import { SPOILED } from '../../spoiled/spoiled.ts';

const WORDS: Record<string, readonly string[]> = {
  'utf-8': ['Łódź', 'Größe', 'кровь', '血', 'plain', 'two words'],
  'utf-16le': ['Łódź', 'Größe', 'кровь', '血', 'plain'],
  'utf-16be': ['Łódź', 'Größe', 'кровь', '血', 'plain'],
  'windows-1250': ['żółć', 'łokieć', 'ciąża', 'źródło', 'święty'],
  'windows-1251': ['кровь', 'печень', 'мужской', 'женский', 'сердце'],
  'windows-1252': ['Größe', 'männlich', 'Übelkeit', 'süß', 'Öl'],
};

interface Dialect {
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: string;
  readonly newline: string;
  readonly hasMark: boolean;
  readonly preamble: number;
  readonly hasTotal: boolean;
  readonly repeatEvery: number;
  readonly hasFinalNewline: boolean;
}

const dialect: fc.Arbitrary<Dialect> = fc.record({
  encoding: fc.constantFrom(...Object.keys(WORDS)),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  decimal: fc.constantFrom('.', ','),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  hasMark: fc.boolean(),
  preamble: fc.integer({ min: 0, max: 3 }),
  hasTotal: fc.boolean(),
  repeatEvery: fc.constantFrom(0, 0, 5),
  hasFinalNewline: fc.boolean(),
});

interface PatientRow {
  readonly age: number;
  readonly value: number | null;
  readonly word: number;
}

const row: fc.Arbitrary<PatientRow> = fc.record({
  age: fc.integer({ min: 0, max: 110 }),
  value: fc.option(fc.integer({ min: -99_999, max: 99_999 }), { freq: 5 }),
  word: fc.nat(99),
});

const COLUMNS = ['pid', 'age', 'value', 'word', 'remark'];

function write(rows: readonly PatientRow[], d: Dialect): { readonly bytes: Uint8Array; readonly cells: string[][] } {
  const words = WORDS[d.encoding]!;
  const cells = rows.map(({ age, value, word }, index) => [
    `p${index + 1}`,
    String(age),
    value === null ? '' : (value / 100).toFixed(2).replace('.', d.decimal),
    words[word % words.length]!,
    `a${d.delimiter}"b" ${words[(word + 1) % words.length]!}`,
  ]);
  const quote = (cell: string) => (cell.includes(d.delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const line = (parts: readonly string[]) => parts.map(quote).join(d.delimiter);
  const lines = Array.from({ length: d.preamble }, (_, at) => ['Export of the ward', '', 'Date: 2024'][at]!);
  lines.push(line(COLUMNS));
  for (const [index, parts] of cells.entries()) {
    if (d.repeatEvery > 0 && index > 0 && index % d.repeatEvery === 0) lines.push(line(COLUMNS));
    lines.push(line(parts));
  }
  if (d.hasTotal) lines.push(line(['Total', '100', '', '', '']));
  const needsMark = d.hasMark && d.encoding.startsWith('utf');
  const text = (needsMark ? '\ufeff' : '') + lines.join(d.newline) + (d.hasFinalNewline ? d.newline : '');
  return { bytes: encodeAs(text, d.encoding), cells };
}

describe('a random table in a random dialect', () => {
  it('is read back, cell by cell and number by number', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 25 }), dialect, (rows, d) => {
        const { bytes, cells } = write(rows, d);
        const read = readCsv(bytes);
        expect(read.columns).toEqual(COLUMNS);
        expect(read.rows).toEqual(cells);
        expect(read.delimiter).toBe(d.delimiter);
        const numbers = rows.map(({ value }) => (value === null ? null : value / 100));
        const found = read.rows.map((parts) => plainNumber(parts[2]!, read.numbers[2]!));
        expect(found.map((text) => (text === null ? null : Number(text)))).toEqual(numbers);
        expect(read.dropped.filter(({ kind }) => kind === 'total').length).toBe(d.hasTotal ? 1 : 0);
        expect(read.rowCount + read.dropped.filter(({ row: number }) => number !== null).length).toBe(
          read.dropped.at(-1)?.kind === 'total' ? read.rowNumber.at(-1)! + 1 : read.rowNumber.at(-1)!,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is the same table whoever says what the dialect is', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 10 }), dialect, (rows, d) => {
        const { bytes, cells } = write(rows, d);
        const read = readCsv(bytes, {
          encoding: d.encoding,
          delimiter: d.delimiter,
          decimal: d.decimal as '.' | ',',
          headerRow: d.preamble + 1,
        });
        expect(read.rows).toEqual(cells);
        expect(read.decimal).toBe(d.decimal);
      }),
      { numRuns: 60 },
    );
  });
});

describe('damaged files', () => {
  const survive = async (bytes: Uint8Array, name: string) => {
    try {
      const read = await readTable(bytes, name);
      expect(read.rows.every((cells) => cells.length === read.columns.length)).toBe(true);
      expect(new Set(read.columns).size).toBe(read.columns.length);
      expect(read.rowNumber.length).toBe(read.rowCount);
      expect(read.lineOfRow.length).toBe(read.rowCount);
      expect([...read.rowNumber].every((number, at) => at === 0 || number > read.rowNumber[at - 1]!)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(ReadingError);
      expect((error as ReadingError).message).toMatch(/^[A-Z\d].*[.?]$/s);
    }
  };

  it('give a table or a named error, whatever bytes they hold', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(...'a1,;"\n\r \t\'=|.0\\'), maxLength: 200 }).map((text) => encodeAs(text, 'utf-8')),
      fc.string({ unit: fc.constantFrom(...'{}[]":,1a\n '), maxLength: 200 }).map((text) => encodeAs(text, 'utf-8')),
    );
    const name = fc.constantFrom('a.csv', 'a.json', 'a.xlsx', 'a.parquet', 'a');
    await fc.assert(fc.asyncProperty(noise, name, survive), { numRuns: 800 });
  });

  it('give a table or a named error when a good file is changed, cut or doubled', async () => {
    const good = SPOILED.filter(({ bytes }) => bytes.length < 4000);
    const change = fc.record({
      file: fc.nat(good.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.nat(255),
      kind: fc.constantFrom('set', 'cut', 'insert', 'double'),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, byte, kind }) => {
        const { bytes, fileName } = good[file]!;
        const place = Math.floor(at * bytes.length);
        const [before, after] = [[...bytes.subarray(0, place)], [...bytes.subarray(place)]];
        const changed =
          kind === 'set'
            ? [...before, byte, ...after.slice(1)]
            : kind === 'cut'
              ? before
              : kind === 'insert'
                ? [...before, byte, ...after]
                : [...bytes, ...after];
        await survive(Uint8Array.from(changed), fileName);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['one quote and a million lines', `a,b\n"${'1,2\n'.repeat(250_000)}`],
    ['a quote on every line', `a,b\n${'"1,2\n'.repeat(50_000)}`],
    ['nothing but quotes', '"'.repeat(400_000)],
    ['nothing but delimiters', `a;b\n${';'.repeat(300_000)}`],
    ['nothing but blanks', ' '.repeat(500_000)],
    ['a very wide header', `${Array.from({ length: 20_000 }, (_, at) => `c${at}`).join(';')}\n${'1;'.repeat(20_000)}\n`],
    ['NULs in the middle', `a,b\n1,${'\0'.repeat(100_000)}x${'y'.repeat(200_000)}\n`],
    ['a bracket a million times', '['.repeat(500_000)],
  ])('end soon: %s', async (_, text) => {
    await survive(encodeAs(text, 'utf-8'), 'a.csv');
  });
});
