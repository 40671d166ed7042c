/**
 * One small table, spoilt in every way that exports of hospitals are, each with what must be read from it. The fault is made from the table
 * by text alone; nothing of the reader is used.
 */
import type { DropKind, TableChoices } from '@consilium/shared/reading';
import { encodeAs } from './encode.ts';

export interface Spoiled {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly choices?: TableChoices;
  readonly columns: readonly string[];
  /** Every cell. */
  readonly rows: readonly (readonly string[])[];
  readonly dropped?: readonly (readonly [row: number | null, kind: DropKind])[];
  readonly is?: {
    readonly encoding?: string;
    readonly delimiter?: string;
    readonly headerRow?: number | null;
    readonly rowNumber?: readonly number[];
    /** Rows with another number of cells. */
    readonly ragged?: readonly number[];
    /** Columns whose marks cannot be told. */
    readonly ambiguous?: readonly string[];
    /** The number each cell of a column stands for; null for none. */
    readonly numbers?: Readonly<Record<string, readonly (number | null)[]>>;
  };
}

export const COLUMNS = ['pid', 'age', 'sex', 'bmi', 'crp', 'ward'];
export const ROWS = [
  ['p-001', '61', 'm', '24.5', '1.25', 'Chirurgia'],
  ['p-002', '48', 'f', '31', '0.5', 'Kardiologia'],
  ['p-003', '77', 'f', '?', '12.75', 'Chirurgia'],
  ['p-004', '55', 'm', '27.1', '', 'Neurologia'],
  ['p-005', '69', 'f', '22.9', '100.2', 'Kardiologia'],
  ['p-006', '34', 'm', '19', '3', 'Neurologia'],
];

type Cells = readonly (readonly string[])[];
const utf8 = (text: string) => encodeAs(text, 'utf-8');
const csv = (cells: Cells, delimiter = ',', newline = '\n') =>
  cells.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter)).join(newline) + newline;
const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const all: Cells = [COLUMNS, ...ROWS];
const comma = (cells: Cells) =>
  cells.map((row, at) => (at === 0 ? row : row.map((cell, column) => (column === 3 || column === 4 ? cell.replace('.', ',') : cell))));
const decimals = comma(all);
const ward = (names: readonly string[]) => ROWS.map((row, at) => [...row.slice(0, 5), names[at % names.length]!]);
const plain = { columns: COLUMNS, rows: ROWS };
const file = (name: string, text: string, rest: Partial<Spoiled> = {}): Spoiled => ({
  name,
  fileName: `${name}.csv`,
  bytes: utf8(text),
  ...plain,
  ...rest,
});

/** Words of a language that a ward's list may hold, in the encodings of its computers. */
const LANGUAGES: readonly (readonly [encoding: string, words: readonly string[]])[] = [
  ['windows-1250', ['Oddział Wewnętrzny', 'Położnictwo', 'Szpital św. Łukasza', 'Żywienie', 'Następstwo']],
  ['windows-1250', ['Dětské oddělení', 'Nemocnice Třebíč', 'Žádné', 'Ústřední příjem']],
  ['windows-1250', ['Belgyógyászat', 'Sebészet', 'Női osztály', 'Fül-orr-gége', 'Szülészet, őrző']],
  ['iso-8859-2', ['Oddział Wewnętrzny', 'Położnictwo', 'Szpital św. Łukasza', 'Źródło', 'ciąża']],
  ['windows-1251', ['Хирургия', 'Терапевтическое отделение', 'Кардиология', 'мужской']],
  ['koi8-r', ['Хирургия', 'Терапевтическое отделение', 'Кардиология', 'мужской']],
  ['windows-1252', ['Chirurgie Männer', 'Innere Medizin für Frauen', 'Kinder, groß', 'Übergang']],
  ['windows-1252', ['Pédiatrie', 'Réanimation générale', 'Côté gauche', 'œdème', 'Hôpital privé']],
  ['windows-1252', ['Pediatría', 'Cirugía niños', 'Corazón', 'Año nuevo']],
  ['windows-1253', ['Χειρουργική', 'Παθολογική', 'Άνδρας', 'Γυναίκα']],
  ['windows-1254', ['İç hastalıkları', 'Göğüs cerrahisi', 'Çocuk', 'Kadın doğum', 'hayır, yapılmadı']],
  ['windows-1257', ['Vidaus ligų', 'Širdies chirurgija', 'Vaikų', 'Būklė sunki, gydyta']],
  ['windows-1257', ['Ķirurģijas nodaļa', 'Bērnu slimnīca', 'Nē', 'Jā', 'Neiroloģija']],
];

const PREAMBLE = 'Report: inpatients 2024\nDate of export: 01.02.2024\n\n';

export const SPOILED: readonly Spoiled[] = [
  file('clean', csv(all), { is: { delimiter: ',', headerRow: 1, encoding: 'utf-8' } }),
  file('semicolon-decimal-comma', csv(decimals, ';'), {
    rows: decimals.slice(1),
    is: { delimiter: ';', numbers: { bmi: [24.5, 31, null, 27.1, 22.9, 19], crp: [1.25, 0.5, 12.75, null, 100.2, 3] } },
  }),
  file('comma-and-quoted-decimal-comma', csv(decimals, ','), {
    rows: decimals.slice(1),
    is: { delimiter: ',', numbers: { bmi: [24.5, 31, null, 27.1, 22.9, 19] } },
  }),
  file('tabs', csv(all, '\t'), { fileName: 'tabs.txt', is: { delimiter: '\t' } }),
  file('bars', csv(all, '|'), { is: { delimiter: '|' } }),
  file('carets', csv(all, '^'), { is: { delimiter: '^' } }),
  file('aligned-with-blanks', all.map((row) => row.map((cell) => (cell || 'NA').padEnd(14)).join('')).join('\n'), {
    rows: ROWS.map((row) => row.map((cell) => cell || 'NA')),
    is: { delimiter: ' ' },
  }),
  file('quoted-delimiters', csv([COLUMNS, ...ward(['A, B', 'C; D', 'E\tF', 'G | H'])]), {
    rows: ward(['A, B', 'C; D', 'E\tF', 'G | H']),
    is: { delimiter: ',' },
  }),
  file('quoted-line-breaks', csv([COLUMNS, ...ward(['one\ntwo', 'three\n\nfour'])]), { rows: ward(['one\ntwo', 'three\n\nfour']) }),
  file('doubled-quotes', csv([COLUMNS, ...ward(['the "new" ward', '"', 'a ""b""'])]), { rows: ward(['the "new" ward', '"', 'a ""b""']) }),
  file('backslash-quotes', csv(all).replaceAll('Chirurgia', '"the \\"new\\", large ward"'), {
    rows: ROWS.map((row) => row.map((cell) => cell.replace('Chirurgia', 'the "new", large ward'))),
  }),
  file(
    'single-quotes',
    all
      .map((row) => row.map((cell) => `'${cell}'`).join(','))
      .join('\n')
      .replaceAll("'Chirurgia'", "'Chirurgia, B'"),
    {
      rows: ROWS.map((row) => row.map((cell) => cell.replace('Chirurgia', 'Chirurgia, B'))),
    },
  ),
  file('blanks-around-quotes', all.map((row) => row.map((cell) => `"${cell}"`).join(' , ')).join('\n')),
  file('quote-that-nobody-doubled', csv(all).replace('Neurologia', '"the "new" ward"'), {
    rows: ROWS.map((row, at) => (at === 3 ? [...row.slice(0, 5), 'the "new" ward'] : row)),
  }),
  file('quote-that-never-ends', csv(all).replace('27.1', '"27.1'), {
    rows: ROWS.filter((_, at) => at !== 3),
    dropped: [[4, 'unreadable']],
    is: { rowNumber: [1, 2, 3, 5, 6] },
  }),
  file('line-ends-crlf', csv(all, ',', '\r\n')),
  file('line-ends-cr', csv(all, ',', '\r')),
  file('line-ends-mixed', all.map((row, at) => row.join(',') + ['\n', '\r\n', '\r'][at % 3]).join('')),
  file('blank-lines', csv(all).replaceAll('\n', '\n\n')),
  file('blank-rows-of-delimiters', csv([all[0]!, all[1]!, ['', '', '', '', '', ''], ...all.slice(2), [' ', '', '', '', '', '']]), {
    dropped: [
      [2, 'blank'],
      [8, 'blank'],
    ],
    is: { rowNumber: [1, 3, 4, 5, 6, 7] },
  }),
  file('byte-order-mark', `\ufeff${csv(all)}`, { is: { encoding: 'utf-8' } }),
  file('sep-line', `sep=;\r\n${csv(decimals, ';', '\r\n')}`, { rows: decimals.slice(1), is: { delimiter: ';', headerRow: 2 } }),
  file('sep-line-with-comma-decimals', `sep=,\n${csv(decimals)}`, { rows: decimals.slice(1), is: { delimiter: ',', headerRow: 2 } }),
  ...(['utf-16le', 'utf-16be'] as const).flatMap((encoding): Spoiled[] => {
    const words = ward(['Łódź', 'Männer', 'Хирургия']);
    const text = csv([COLUMNS, ...words], '\t');
    return [
      file(`${encoding}-marked`, '', { bytes: encodeAs(`\ufeff${text}`, encoding), rows: words, is: { encoding, delimiter: '\t' } }),
      file(`${encoding}-unmarked`, '', { bytes: encodeAs(text, encoding), rows: words, is: { encoding, delimiter: '\t' } }),
    ];
  }),
  ...LANGUAGES.map(([encoding, words], at) =>
    file(`${encoding}-${at}`, '', { bytes: encodeAs(csv([COLUMNS, ...ward(words)]), encoding), rows: ward(words), is: { encoding } }),
  ),
  file('encoding-by-choice', '', {
    bytes: encodeAs(csv([COLUMNS, ...ward(['Žižka'])]), 'windows-1250'),
    choices: { encoding: 'windows-1250' },
    rows: ward(['Žižka']),
    is: { encoding: 'windows-1250' },
  }),
  file('few-broken-bytes-in-utf-8', '', {
    bytes: Uint8Array.from([
      ...utf8(csv([COLUMNS, ...ward(['Łódź', 'Männer', 'Größe', 'Übelkeit', 'żółć', 'œuf'])])),
      ...utf8('p-007,50,m,20,1,caf'),
      0xe9,
      10,
    ]),
    rows: [...ward(['Łódź', 'Männer', 'Größe', 'Übelkeit', 'żółć', 'œuf']), ['p-007', '50', 'm', '20', '1', 'caf\ufffd']],
    is: { encoding: 'utf-8' },
  }),
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
