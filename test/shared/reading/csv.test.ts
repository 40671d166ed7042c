/** Reading CSV: the inverse of writing it, in every encoding and dialect; and files that are not tables. */
import { previewCsv, ReadingError, readCsv } from '@consilium/shared/reading';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Writes text the slow way in each encoding a hospital's export may have. */
const ENCODERS: Record<string, (text: string) => Uint8Array> = {
  'utf-8': utf8,
  'utf-8 with BOM': (text) => utf8(`\uFEFF${text}`),
  'utf-16le': (text) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]),
  'utf-16be': (text) => Uint8Array.from([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()]),
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    columns: fc.uniqueArray(fc.stringMatching(/^[A-Za-zäöé][A-Za-z0-9äöé ]{0,8}[a-z]$/), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(fc.string({ unit: fc.constantFrom(...'aé"\n,;|\t 0199.') }), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 12,
    }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    newline: fc.constantFrom('\n', '\r\n'),
    encoding: fc.constantFrom(...Object.keys(ENCODERS)),
  }),
);

function errorOf(bytes: Uint8Array): ReadingError {
  try {
    readCsv(bytes);
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

describe('readCsv', () => {
  it('gives back every cell of a table written with quotes, whatever the dialect and encoding', () => {
    fc.assert(
      fc.property(table, ({ columns: names, rows: cellsOfRows, delimiter, newline, encoding }) => {
        // A number in each row tells the row from a note, a total or an empty line.
        const columns = ['number', ...names];
        const rows = cellsOfRows.map((cells, index) => [String(index + 1), ...cells]);
        const lines = [columns, ...rows].map((cells) => cells.map(quoted).join(delimiter));
        const read = readCsv(ENCODERS[encoding]!(lines.join(newline) + newline));
        expect(read.columns).toEqual(columns.map((name) => name.normalize('NFC')));
        expect(read.rows).toEqual(rows);
        expect(read.delimiter).toBe(delimiter);
        expect(read.ragged).toEqual([]);
      }),
    );
  });

  it.each(Object.keys(ENCODERS))('names the encoding of %s', (name) => {
    const read = readCsv(ENCODERS[name]!('größe;größer\n1;2\n'));
    expect(read.columns).toEqual(['größe', 'größer']);
    expect(read.encoding).toBe(name.split(' ')[0]);
  });

  it('reads bytes that are not UTF-8 as Windows-1252 and says so', () => {
    const read = readCsv(Uint8Array.from([...utf8('name,gr'), 0xf6, 0xdf, ...utf8('e\nM'), 0xfc, ...utf8('ller,1\n')]));
    expect(read.columns[1]).toBe('größe');
    expect(read.rows[0]).toEqual(['Müller', '1']);
    expect(read.notes.join()).toContain('Windows-1252');
  });

  it('numbers lines by the file, across quoted line breaks and empty lines', () => {
    const read = readCsv(utf8('a,b\n1,2\n\n"x\ny\nz",3\n4,5\n'));
    expect(read.rows).toEqual([
      ['1', '2'],
      ['x\ny\nz', '3'],
      ['4', '5'],
    ]);
    expect([...read.lineOfRow]).toEqual([2, 4, 7]);
  });

  it('finds the decimal comma where the comma does not separate cells', () => {
    expect(readCsv(utf8('a;b\n1,5;2\n-0,25;3\n')).decimal).toBe(',');
    expect(readCsv(utf8('a;b\n1.5;2\n')).decimal).toBe('.');
    expect(readCsv(utf8('a,b\n1.5,2\n')).decimal).toBe('.');
  });

  it('says when both decimal marks occur', () => {
    const read = readCsv(utf8('a;b\n1,5;x\n3,5;x\n2.5;x\n'));
    expect(read.decimal).toBe(',');
    expect(read.notes.join()).toContain('1 cells use the other decimal mark');
  });

  it('obeys a line that names the delimiter', () => {
    const read = readCsv(utf8('sep=;\na;b,c\n1;2,3\n'));
    expect(read.columns).toEqual(['a', 'b,c']);
    expect([...read.lineOfRow]).toEqual([3]);
  });

  it('reads a table of a single column', () => {
    expect(readCsv(utf8('age\n61\n')).rows).toEqual([['61']]);
  });

  it('brings column names to one Unicode form and trims them', () => {
    expect(readCsv(utf8(' gro\u0308\u00dfe , b\n1,2\n')).columns).toEqual(['gr\u00f6\u00dfe', 'b']);
  });

  it('keeps a row with too few or too many cells as an empty row, and reports its line', () => {
    const read = readCsv(utf8('a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n'));
    expect(read.rows).toEqual([
      ['1', '2', '3'],
      ['', '', ''],
      ['', '', ''],
      ['4', '5', '6'],
    ]);
    expect(read.ragged).toEqual([
      { row: 2, line: 3, cells: 2 },
      { row: 3, line: 4, cells: 4 },
    ]);
    expect(read.notes.join()).toContain('line 3 has 2');
  });

  it.each([
    ['empty-file', ''],
    ['empty-file', ' \n \n'],
    ['no-rows', 'a,b\n'],
    ['no-rows', 'a,b\n1,"2"x\n'],
    ['uneven-rows', 'a,b,c\n1,5,2,5,3,5\n2,5,3,5,4,5\n'],
    ['not-text', `${'\0'.repeat(40)}a,b\n1,2\n`],
    ['not-text', 'PK\u0003\u0004 and so on'],
    ['not-text', '%PDF-1.7'],
  ])('refuses with %s a file that holds %j', (code, text) => {
    const error = errorOf(utf8(text));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
  });

  it('never fails in any way but with a named error', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(...'a1,;"\n\r \t') }).map(utf8)),
        (bytes) => {
          try {
            const read = readCsv(bytes);
            expect(read.rows.every((cells) => cells.length === read.columns.length)).toBe(true);
            expect(read.lineOfRow.length).toBe(read.rows.length);
          } catch (error) {
            expect(error).toBeInstanceOf(ReadingError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a hundred thousand rows', () => {
    const body = Array.from({ length: 100_000 }, (_, row) => `${row},${row * 0.5},"x, ${row}"`).join('\n');
    const read = readCsv(utf8(`a,b,c\n${body}\n`));
    expect(read.rows.length).toBe(100_000);
    expect(read.rows[99_999]).toEqual(['99999', '49999.5', 'x, 99999']);
    expect(read.lineOfRow[99_999]).toBe(100_001);
  });
});

describe('previewCsv', () => {
  it('gives the first rows that reading the whole file gives', () => {
    const body = Array.from({ length: 60_000 }, (_, row) => `${row};"é\n${row}";${row},5`).join('\n');
    const bytes = utf8(`a;b;c\n${body}\n`);
    const preview = previewCsv(bytes, 20);
    const whole = readCsv(bytes);
    expect(preview.rows).toEqual(whole.rows.slice(0, 20));
    expect(preview.columns).toEqual(whole.columns);
    expect(preview.decimal).toBe(whole.decimal);
  });

  it('previews a file shorter than what was asked for', () => {
    expect(previewCsv(utf8('a,b\n1,2\n'), 20).rows).toEqual([['1', '2']]);
  });

  it('shows whole rows only, also where it stops looking in the middle of one', () => {
    const bytes = utf8(`a,b\n${'12345,67890123456\n'.repeat(30_000)}`);
    const preview = previewCsv(bytes, 1_000_000);
    expect(preview.rows.length).toBeGreaterThan(10_000);
    expect(preview.ragged).toEqual([]);
    expect(new Set(preview.rows.map(String))).toEqual(new Set(['12345,67890123456']));
  });

  it('is not misled by the place where it stops looking', () => {
    // 262,144 bytes end inside a two-byte letter and inside a quoted cell.
    const long = `a,b\n1,2\n"${'é'.repeat(200_000)}",3\n`;
    const preview = previewCsv(utf8(long), 1);
    expect(preview.rows).toEqual([['1', '2']]);
    expect(preview.encoding).toBe('utf-8');
  });
});
