/** Spoilt in how cells, lines and letters are written: delimiters, quotes, line ends, encodings. */
import { encodeAs } from './encode.ts';
import { all, COLUMNS, csv, decimals, file, ROWS, type Spoiled, utf8, ward } from './spoiled-file.ts';

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

export const SPOILED_TEXTS: readonly Spoiled[] = [
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
];
