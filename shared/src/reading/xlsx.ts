/** An Excel workbook (.xlsx) to records: one sheet, its cells as texts, rows by their number. Source: ECMA-376 part 1, SpreadsheetML. */
import { strFromU8, unzipSync } from 'fflate';
import { ReadingError } from './raw-table.ts';
import { type Records, recordsOf } from './records.ts';
import { type CellFormat, formatOf, numberText } from './xlsx-format.ts';
import { readXml } from './xml.ts';

export interface Sheet {
  readonly records: Records;
  /** Names of the workbook's sheets, the one that was read first. */
  readonly sheets: readonly string[];
  readonly notes: readonly string[];
  /** Notes of what may be lost. */
  readonly doubts: readonly string[];
}

const LARGEST_PART = 1_000_000_000;
const MOST_CELLS = 20_000_000;
const MOST_COLUMNS = 16_384;
/** A sheet with as many rows, and with that share of the rows of the one that is read, may hold patients. */
const [FEWEST_ROWS, RIVAL] = [10, 0.2];

/** Whether bytes are a zip archive with a workbook inside. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Reads one sheet of a workbook.
 *
 * @param bytes - The file.
 * @param chosen - The sheet a person chose; default: the visible sheet with most rows among the first that hold a table.
 * @throws ReadingError for a broken or other archive, or a sheet that is not there.
 */
export function readWorkbook(bytes: Uint8Array, chosen?: string): Sheet {
  const parts = unpack(bytes);
  try {
    return readParts(parts, chosen);
  } catch (error) {
    if (error instanceof ReadingError) throw error;
    throw new ReadingError('unreadable', 'This workbook is damaged. Open it, save it again, or save the table as CSV.');
  }
}

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let total = 0;
  const wanted = /^\/?xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/i;
  try {
    const names: string[] = [];
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name.toLowerCase());
        if (!wanted.test(name)) return false;
        total += originalSize;
        if (total > LARGEST_PART) throw new ReadingError('too-large', 'This workbook is too large to be read here. Save the table as CSV.');
        return true;
      },
    });
    const parts = new Map(Object.entries(files).map(([name, content]) => [name.replace(/^\//, '').toLowerCase(), content]));
    if (parts.has('xl/workbook.xml')) return parts;
    const kind = names.includes('xl/workbook.bin')
      ? 'a binary workbook (.xlsb)'
      : names.includes('content.xml')
        ? 'an OpenDocument file'
        : 'a zip archive';
    throw new ReadingError('not-a-table', `This file is ${kind}. Save the table as .xlsx or CSV and choose that file.`);
  } catch (error) {
    if (error instanceof ReadingError) throw error;
    throw new ReadingError('unreadable', 'This workbook or zip archive is damaged. Copy or export it again.');
  }
}

function readParts(parts: ReadonlyMap<string, Uint8Array>, chosen: string | undefined): Sheet {
  const xml = (name: string) => {
    const part = parts.get(name.toLowerCase());
    return part === undefined ? null : strFromU8(part);
  };
  const { sheets, is1904 } = readSheetList(xml('xl/workbook.xml') ?? '', xml('xl/_rels/workbook.xml.rels') ?? '');
  const strings = readStrings(xml('xl/sharedStrings.xml'));
  const formats = readFormats(xml('xl/styles.xml'));
  const read = (sheet: SheetPlace) => readCells(xml(sheet.path) ?? '', strings, formats, is1904);
  if (sheets.length === 0) throw new ReadingError('not-a-table', 'This workbook has no sheets.');
  const named = sheets.find(({ name }) => name === chosen);
  if (chosen !== undefined && named === undefined) {
    throw new ReadingError(
      'unknown-choice',
      `This workbook has no sheet "${chosen}"; it has ${sheets.map(({ name }) => `"${name}"`).join(', ')}.`,
    );
  }
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const sheet = named ?? mostFilled(visible.length > 0 ? visible : sheets, (place) => (xml(place.path) ?? '').split('<row').length);
  const rowsOf = (place: SheetPlace) => (xml(place.path) ?? '').split('<row').length - 1;
  const rivals = named === undefined && visible.length > 1 ? visible.filter((place) => place !== sheet) : [];
  const alike = rivals.map((place) => ({ name: place.name, rows: rowsOf(place) }));
  const cells = read(sheet);
  const doubts = [
    ...cells.doubts,
    ...alike
      .filter(({ rows }) => rows >= FEWEST_ROWS && rows > cells.rows.length * RIVAL)
      .map(
        ({ name, rows }) => `The sheet "${name}" holds ${rows} rows too and was not read. Put all patients into one sheet, or choose it.`,
      ),
  ];
  const others = sheets.filter(({ name }) => name !== sheet.name).map(({ name }) => name);
  const notes = [...cells.notes];
  if (others.length > 0) notes.unshift(`The workbook has ${sheets.length} sheets; "${sheet.name}" was read.`);
  return { records: recordsOf(cells.rows, cells.lines), sheets: [sheet.name, ...others], notes: [...notes, ...doubts], doubts };
}

interface SheetPlace {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** The first sheet, unless another has more than ten times as many rows: a title page often stands first. */
function mostFilled(sheets: readonly SheetPlace[], size: (sheet: SheetPlace) => number): SheetPlace {
  const [first] = sheets;
  if (first !== undefined && sheets.length === 1) return first; // nothing to compare: its text need not be made for that
  const largest = [...sheets].sort((a, b) => size(b) - size(a))[0];
  return first !== undefined && (largest === undefined || size(first) * 10 >= size(largest)) ? first : (largest as SheetPlace);
}

function readSheetList(workbook: string, relations: string): { readonly sheets: SheetPlace[]; readonly is1904: boolean } {
  const targets = new Map<string, string>();
  readXml(relations || '<none/>', {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
    },
  });
  const sheets: SheetPlace[] = [];
  let is1904 = false;
  readXml(workbook, {
    open: (name, attribute) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const target = targets.get(attribute('r:id') ?? attribute('id') ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      sheets.push({ name: attribute('name') ?? '', path, isHidden: (attribute('state') ?? 'visible') !== 'visible' });
    },
  });
  return { sheets: sheets.filter(({ path }) => path.includes('worksheets/')), is1904 };
}

function readStrings(xml: string | null): string[] {
  const strings: string[] = [];
  if (xml === null) return strings;
  let text = '';
  let [isText, isReading] = [false, false];
  readXml(xml, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') isReading = true;
      else if (name === 't') isText = !isReading;
    },
    close: (name) => {
      if (name === 'si') strings.push(unescaped(text));
      else if (name === 'rPh') isReading = false;
      else if (name === 't') isText = false;
    },
    text: (part) => {
      if (isText) text += part;
    },
  });
  return strings;
}

/** `_x000D_` stands for a control character. */
function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

function readFormats(xml: string | null): CellFormat[] {
  const formats: CellFormat[] = [];
  if (xml === null) return formats;
  const codes = new Map<number, string>();
  let isCellFormats = false;
  readXml(xml, {
    open: (name, attribute) => {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (name === 'cellXfs') isCellFormats = true;
      else if (name === 'xf' && isCellFormats) {
        const id = Number(attribute('numFmtId') ?? 0);
        formats.push(formatOf(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isCellFormats = false;
    },
  });
  return formats;
}

function readCells(xml: string, strings: readonly string[], formats: readonly CellFormat[], is1904: boolean) {
  const rows: string[][] = [];
  const lines: number[] = [];
  let [line, column, style, cells, hidden, empty, dates] = [0, 0, 0, 0, 0, 0, 0];
  let [type, value, width] = ['n', '', 0];
  let [isValue, isFormula, isReading] = [false, false, false];
  let row: string[] = [];
  readXml(xml, {
    open: (name, attribute) => {
      if (name === 'row') {
        line = Number(attribute('r') ?? line + 1);
        column = 0;
        row = [];
        if (['1', 'true'].includes(attribute('hidden') ?? '')) hidden++;
      } else if (name === 'c') {
        column = columnOf(attribute('r')) ?? column;
        style = Number(attribute('s') ?? 0);
        type = attribute('t') ?? 'n';
        value = '';
        isFormula = false;
      } else if (name === 'v' || name === 't') isValue = !isReading;
      else if (name === 'rPh') isReading = true;
      else if (name === 'f') isFormula = true;
    },
    text: (part) => {
      if (isValue) value += part;
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') isReading = false;
      else if (name === 'c') {
        if (isFormula && value === '') empty++;
        const format = formats[style] ?? { kind: 'number' as const };
        const text = cellText(type, value, strings, format, is1904);
        if (type === 'n' && format.kind === 'date' && text !== '') dates++;
        if (text !== '' && column < MOST_COLUMNS) {
          while (row.length < column) row.push('');
          row[column] = text;
          width = Math.max(width, column + 1);
        }
        column++;
        if (++cells > MOST_CELLS) throw new ReadingError('too-large', 'This sheet is too large to be read here. Save it as CSV.');
      } else if (name === 'row' && row.length > 0) {
        rows.push(row);
        lines.push(line);
      }
    },
  });
  for (const cellsOfRow of rows) while (cellsOfRow.length < width) cellsOfRow.push('');
  const notes: string[] = [];
  if (dates > 0) notes.push('Dates of the workbook are shown as year-month-day.');
  const doubts: string[] = [];
  if (hidden > 0) doubts.push(`${hidden} hidden rows of the sheet were read too.`);
  if (empty > 0) doubts.push(`${empty} formulas have no stored result and are read as empty: open the workbook and save it again.`);
  return { rows, lines, notes, doubts };
}

function cellText(type: string, value: string, strings: readonly string[], format: CellFormat, is1904: boolean): string {
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
    case 'd':
      return value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '');
    case 'n':
      return numberText(value, format, is1904);
    default:
      return unescaped(value);
  }
}

/** `C7` → 2. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
