/** Delimited text as papaparse reads it: where a file is sound, both must say the same. */
import { readCsv } from '@consilium/shared/reading';
import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';

const cell = fc.string({ unit: fc.constantFrom(...'ab1,;"\n é'), maxLength: 8 });
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });

it('reads sound text as papaparse does', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, delimiter, newline) => {
      const text = Papa.unparse([['number', 'x', 'y', 'z'], ...rows.map((row, index) => [String(index), ...row])], {
        delimiter,
        newline,
        quotes: [false, true, true, true],
      });
      const read = readCsv(new TextEncoder().encode(text), { delimiter });
      const [, ...expected] = Papa.parse<string[]>(text, { delimiter, newline }).data;
      expect(read.rows).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
