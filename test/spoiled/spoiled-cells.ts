/** Spoilt in single cells: rows cut short or too long, names of columns, formulas, marks of numbers. */
import { all, COLUMNS, csv, file, ROWS, type Spoiled } from './spoiled-file.ts';

export const SPOILED_CELLS: readonly Spoiled[] = [
  file('cut-short', csv(all).replace(/ Neurologia\n$|,3,Neurologia\n$/, ''), { rows: ROWS.slice(0, 5), dropped: [[6, 'cut-short']] }),
  file('cut-short-in-quotes', `${csv(all)}p-007,50,m,20,1,"Chir`, { dropped: [[7, 'cut-short']] }),
  file('too-few-and-too-many-cells', csv(all).replace('p-002,48,f,', 'p-002,48,').replace('p-004,55,', 'p-004,55,x,'), {
    rows: ROWS.map((row, at) => (at === 1 || at === 3 ? row.map(() => '') : row)),
    is: { ragged: [2, 4] },
  }),
  file('delimiter-after-every-row', csv(all).replaceAll('\n', ',\n')),
  file('delimiter-after-data-rows', csv(all).replaceAll('\n', ',\n').replace(',\n', '\n')),
  file('row-names', csv([COLUMNS, ...ROWS.map((row, at) => [String(at + 1), ...row])]), {
    columns: ['column_1', ...COLUMNS],
    rows: ROWS.map((row, at) => [String(at + 1), ...row]),
  }),
  file('row-names-with-empty-head', csv([['', ...COLUMNS], ...ROWS.map((row, at) => [String(at + 1), ...row])]), {
    columns: ['column_1', ...COLUMNS],
    rows: ROWS.map((row, at) => [String(at + 1), ...row]),
  }),
  file('empty-column-name', csv([['pid', 'age', '', 'bmi', 'crp', 'ward'], ...ROWS]), {
    columns: ['pid', 'age', 'column_3', 'bmi', 'crp', 'ward'],
  }),
  file('same-column-twice', csv(all.map((row) => [...row, row[3]!])), {}),
  file('same-name-other-values', csv(all.map((row, at) => [...row, at === 0 ? 'bmi' : String(20 + at)])), {
    columns: ['pid', 'age', 'sex', 'bmi (1)', 'crp', 'ward', 'bmi (2)'],
    rows: ROWS.map((row, at) => [...row, String(21 + at)]),
  }),
  file('line-break-in-a-name', csv([['pid', 'age', 'sex', 'bmi\n(kg/m2)', ' crp ', 'ward'], ...ROWS]), {
    columns: ['pid', 'age', 'sex', 'bmi (kg/m2)', 'crp', 'ward'],
  }),
  file('formula-texts', csv(all).replace(/p-00(\d)/g, '="00$1"'), { rows: ROWS.map((row, at) => [`00${at + 1}`, ...row.slice(1)]) }),
  file('apostrophe-before-numbers', csv(all).replace('24.5', "'24.5").replace('1.25', "'-1.25"), {
    rows: ROWS.map((row, at) => (at === 0 ? ['p-001', '61', 'm', '24.5', '-1.25', 'Chirurgia'] : row)),
  }),
  file('nul-filling', csv(all).replaceAll('Chirurgia', 'Chirurgia\0\0\0'), {}),
  file('nul-inside', csv(all).replace('24.5', '24\0.5'), {
    rows: ROWS.map((row, at) => (at === 0 ? row.map((cell) => cell.replace('24.5', '24\ufffd.5')) : row)),
  }),
  file('control-z', `${csv(all)}\u001a`, {}),
  file('huge-cell', csv([...all, ['p-007', '50', 'm', '20', '1', 'x, '.repeat(300_000)]]), {
    rows: [...ROWS, ['p-007', '50', 'm', '20', '1', 'x, '.repeat(300_000)]],
  }),
  file('thousands-german', 'id;plt;cost\n1;1.234;1.234,50\n2;987;12,00\n3;12.500;1.000.000,00\n', {
    columns: ['id', 'plt', 'cost'],
    rows: [
      ['1', '1.234', '1.234,50'],
      ['2', '987', '12,00'],
      ['3', '12.500', '1.000.000,00'],
    ],
    is: { ambiguous: [], numbers: { plt: [1234, 987, 12500], cost: [1234.5, 12, 1_000_000] } },
  }),
  file('thousands-english', 'id;plt;cost\n1;1,234;"1,234.50"\n2;987;12.00\n3;12,500;1,000,000.00\n', {
    columns: ['id', 'plt', 'cost'],
    rows: [
      ['1', '1,234', '1,234.50'],
      ['2', '987', '12.00'],
      ['3', '12,500', '1,000,000.00'],
    ],
    is: { ambiguous: [], numbers: { plt: [1234, 987, 12500], cost: [1234.5, 12, 1_000_000] } },
  }),
  ...[' ', '\u00a0', '\u202f', "'", '’'].map((mark, at) =>
    file(`thousands-mark-${at}`, `id;plt;crp\n1;1${mark}234;0,5\n2;987;12,25\n3;12${mark}500;1${mark}000,75\n`, {
      columns: ['id', 'plt', 'crp'],
      rows: [
        ['1', `1${mark}234`, '0,5'],
        ['2', '987', '12,25'],
        ['3', `12${mark}500`, `1${mark}000,75`],
      ],
      is: { ambiguous: [], numbers: { plt: [1234, 987, 12500], crp: [0.5, 12.25, 1000.75] } },
    }),
  ),
  file('marks-that-cannot-be-told', 'id;x\n1;1,234\n2;5,678\n3;9,100\n', {
    columns: ['id', 'x'],
    rows: [
      ['1', '1,234'],
      ['2', '5,678'],
      ['3', '9,100'],
    ],
    is: { ambiguous: ['x'] },
  }),
  file('points-that-cannot-be-told', 'id;x\n1;1.234\n2;5.678\n3;9.100\n', {
    columns: ['id', 'x'],
    rows: [
      ['1', '1.234'],
      ['2', '5.678'],
      ['3', '9.100'],
    ],
    is: { ambiguous: ['x'] },
  }),
  file('marks-told-by-choice', 'id;x\n1;1,234\n2;5,678\n3;9,100\n', {
    choices: { decimal: ',' },
    columns: ['id', 'x'],
    rows: [
      ['1', '1,234'],
      ['2', '5,678'],
      ['3', '9,100'],
    ],
    is: { ambiguous: [], numbers: { x: [1.234, 5.678, 9.1] } },
  }),
  file('columns-with-other-marks', 'id;lab;device\n1;1,25;0.5\n2;0,5;12.25\n3;7,75;3.1\n', {
    columns: ['id', 'lab', 'device'],
    rows: [
      ['1', '1,25', '0.5'],
      ['2', '0,5', '12.25'],
      ['3', '7,75', '3.1'],
    ],
    is: { ambiguous: [], numbers: { lab: [1.25, 0.5, 7.75], device: [0.5, 12.25, 3.1] } },
  }),
  file('marks-mixed-in-a-column', 'id;x\n1;1,5\n2;2,5\n3;3.5\n4;1,234\n', {
    columns: ['id', 'x'],
    rows: [
      ['1', '1,5'],
      ['2', '2,5'],
      ['3', '3.5'],
      ['4', '1,234'],
    ],
    is: { ambiguous: ['x'], numbers: { x: [1.5, 2.5, null, 1.234] } },
  }),
  file('minus-signs', 'id;x\n1;\u22121,5\n2;-2,5\n3;+3,25\n4;1,5E-3\n', {
    columns: ['id', 'x'],
    rows: [
      ['1', '\u22121,5'],
      ['2', '-2,5'],
      ['3', '+3,25'],
      ['4', '1,5E-3'],
    ],
    is: { numbers: { x: [-1.5, -2.5, 3.25, 0.0015] } },
  }),
];
