/** Spoilt in what stands around the rows: headers, preambles, totals, notes, pages. */
import { all, COLUMNS, csv, decimals, file, ROWS, type Spoiled } from './spoiled-file.ts';

const PREAMBLE = 'Report: inpatients 2024\nDate of export: 01.02.2024\n\n';

export const SPOILED_FRAMES: readonly Spoiled[] = [
  file('no-header', csv(ROWS), { columns: COLUMNS.map((_, at) => `column_${at + 1}`), is: { headerRow: null } }),
  file('no-header-of-numbers', '61;1;24,5\n48;0;31,2\n77;0;28,8\n', {
    columns: ['column_1', 'column_2', 'column_3'],
    rows: [
      ['61', '1', '24,5'],
      ['48', '0', '31,2'],
      ['77', '0', '28,8'],
    ],
    is: { headerRow: null, delimiter: ';' },
  }),
  file('header-by-choice', `${PREAMBLE}${csv(all)}`, {
    choices: { headerRow: 4 },
    dropped: [
      [null, 'preamble'],
      [null, 'preamble'],
    ],
    is: { headerRow: 4 },
  }),
  file('preamble', `${PREAMBLE}${csv(all)}`, {
    dropped: [
      [null, 'preamble'],
      [null, 'preamble'],
    ],
    is: { headerRow: 4 },
  }),
  file(
    'preamble-with-delimiters',
    csv([['Hospital:', 'North', '', '', '', ''], ['Export', '2024-02-01', '', '', '', ''], ['', '', '', '', '', ''], ...decimals], ';'),
    {
      rows: decimals.slice(1),
      dropped: [
        [null, 'preamble'],
        [null, 'preamble'],
        [null, 'preamble'],
      ],
      is: { headerRow: 4 },
    },
  ),
  file('preamble-of-two-columns', 'Hospital;North\nExport;2024-02-01\n\nage;bmi\n61;24,5\n48;31\n77;28,8\n55;27,1\n', {
    columns: ['age', 'bmi'],
    rows: [
      ['61', '24,5'],
      ['48', '31'],
      ['77', '28,8'],
      ['55', '27,1'],
    ],
    dropped: [
      [null, 'preamble'],
      [null, 'preamble'],
    ],
    is: { headerRow: 4 },
  }),
  file('units-below-the-header', csv([COLUMNS, ['', 'years', '', 'kg/m2', 'mg/L', ''], ...ROWS]), {
    dropped: [[1, 'second-header']],
    is: { rowNumber: [2, 3, 4, 5, 6, 7] },
  }),
  file('header-repeated', csv([...all.slice(0, 4), COLUMNS, ...all.slice(4)]), {
    dropped: [[4, 'repeated-header']],
    is: { rowNumber: [1, 2, 3, 5, 6, 7] },
  }),
  file('pages-with-headers', `${csv(all.slice(0, 4))}Page 2 of 2\n${csv([COLUMNS, ...all.slice(4)])}`, {
    dropped: [
      [4, 'note'],
      [5, 'repeated-header'],
    ],
  }),
  file('rule-below-the-header', csv([COLUMNS, ['-----', '---', '---', '----', '----', '-----'], ...ROWS]), { dropped: [[1, 'separator']] }),
  ...['Total', 'Summe', 'Razem', 'Gesamt:', 'Ogółem', 'Totaal', 'Sum', 'Mittelwert', 'Итого', 'Total général', 'Średnia', 'N = 6'].map(
    (word) => file(`total-${word}`, csv([...all, [word, '344', '', '124.5', '117.7', '']]), { dropped: [[7, 'total']] }),
  ),
  file(
    'subtotals',
    csv([
      ...all.slice(0, 4),
      ['Subtotal', '186', '', '55.5', '14.5', ''],
      ...all.slice(4),
      ['Grand total', '344', '', '124.5', '117.7', ''],
    ]),
    {
      rows: ROWS,
      dropped: [
        [4, 'total'],
        [8, 'total'],
      ],
      is: { rowNumber: [1, 2, 3, 5, 6, 7] },
    },
  ),
  file('notes-below', `${csv(all)}\n* CRP below 0.5 is shown as 0.5\nSource: laboratory of the hospital\n(6 rows affected)\n`, {
    dropped: [
      [7, 'note'],
      [8, 'note'],
      [9, 'note'],
    ],
  }),
  file(
    'notes-with-delimiters',
    csv([...all, ['* measured twice in some patients', '', '', '', '', ''], ['Printed 2024-02-01 by the ward', '', '', '', '', '']]),
    {
      dropped: [
        [7, 'note'],
        [8, 'note'],
      ],
    },
  ),
  file('sums-without-a-word', csv([...all, ['', '344', '', '124.5', '117.7', '']]), { dropped: [[7, 'total']] }),
  file('means-without-a-word', csv([...decimals, ['', '57,33', '', '24,9', '23,54', '']], ';'), {
    rows: decimals.slice(1),
    dropped: [[7, 'total']],
  }),
  file('legend-below-a-gap', `${csv(all, ';')};;;;;\nLegend;m;male;;;\n;f;female;;;\n`, {
    dropped: [
      [7, 'blank'],
      [8, 'note'],
      [9, 'note'],
    ],
  }),
  file('note-in-the-last-column', csv([...all, ['', '', '', '', '', '* main ward only']]), { dropped: [[7, 'note']] }),
  file(
    'lines-quoted-as-a-whole',
    csv(all).replace(/^(.*)$/gm, (line) => (line === '' ? '' : `"${line.replaceAll('"', '""')}"`)),
    {},
  ),
  file('comments-above', `# export of the ward\n# 2024-02-01\n${csv(all)}`, {
    dropped: [
      [null, 'preamble'],
      [null, 'preamble'],
    ],
  }),
  file('answer-of-a-database', `${csv([COLUMNS, ['-----', '---', '---', '----', '----', '-----'], ...ROWS])}\n(6 rows affected)\n`, {
    dropped: [
      [1, 'separator'],
      [8, 'note'],
    ],
  }),
  file('print-of-a-statistics-program', `"pid" "age" "sex"\n"1" "p-001" 61 "m"\n"2" "p-002" 48 "f"\n"3" "p-003" 77 "f"\n`, {
    columns: ['column_1', 'pid', 'age', 'sex'],
    rows: ROWS.slice(0, 3).map((row, at) => [String(at + 1), ...row.slice(0, 3)]),
  }),
];
