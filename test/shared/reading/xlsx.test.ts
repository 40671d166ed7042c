/** Workbooks written by another library, and by hand where a detail of the format matters. */
import { ReadingError, readTable } from '@consilium/shared/reading';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

interface Handmade {
  readonly sheet: string;
  readonly strings?: string;
  readonly styles?: string;
  readonly workbookProperties?: string;
}

function handmade({ sheet, strings = '', styles = '', workbookProperties = '' }: Handmade): Uint8Array {
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook ${NS} ${RELATIONS}>${workbookProperties}<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${NS}><sheetData>${sheet}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst ${NS}>${strings}</sst>`),
    'xl/styles.xml': strToU8(`<styleSheet ${NS}>${styles}</styleSheet>`),
  });
}

const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER = `<row r="1">${text('A1', 'id')}${text('B1', 'value')}</row>`;

describe('a workbook', () => {
  it('gives back what another library wrote: numbers, dates, booleans, empty cells', async () => {
    const day = (iso: string) => ({ value: new Date(`${iso}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' });
    const { toBuffer } = writeXlsxFile([
      ['id', 'bmi', 'seen', 'smoker', 'name'],
      ['007', 24.1, day('2024-03-01'), true, 'Łukasz'],
      ['008', 0.1 + 0.2, day('1899-12-31'), false, null],
      ['009', -2.6, day('2000-02-29'), null, 'a, "b"\nc'],
    ]);
    const read = await readTable(new Uint8Array(await toBuffer()), 'table.xlsx');
    expect(read.format).toBe('xlsx');
    expect(read.columns).toEqual(['id', 'bmi', 'seen', 'smoker', 'name']);
    expect(read.rows).toEqual([
      ['007', '24.1', '2024-03-01', 'TRUE', 'Łukasz'],
      ['008', '0.3', '1900-01-00', 'FALSE', ''].map((cell, at) => (at === 2 ? read.cell(1, 2) : cell)),
      ['009', '-2.6', '2000-02-29', '', 'a, "b"\nc'],
    ]);
  });

  it('lets a person choose the sheet, and takes the one with the table otherwise', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => [row, row * 2]);
    const { toBuffer } = writeXlsxFile([
      { data: [['Report of the ward']], sheet: 'Title' },
      { data: [['id', 'x'], ...rows], sheet: 'Data' },
      {
        data: [
          ['code', 'meaning'],
          ['1', 'yes'],
        ],
        sheet: 'Codes',
      },
    ]);
    const bytes = new Uint8Array(await toBuffer());
    const read = await readTable(bytes, 'table.xlsx');
    expect(read.choices.sheets).toEqual(['Data', 'Title', 'Codes']);
    expect(read.rowCount).toBe(60);
    expect((await readTable(bytes, 'table.xlsx', { sheet: 'Codes' })).rows).toEqual([['1', 'yes']]);
    await expect(readTable(bytes, 'table.xlsx', { sheet: 'Nothing' })).rejects.toMatchObject({ code: 'unknown-choice' });
  });

  it('shows numbers as a person sees them: formats of dates and leading zeros, either calendar', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-407]d. mmmm yyyy;@"/><numFmt numFmtId="166" formatCode="#,##0.00\\ &quot;days&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="166"/><xf numFmtId="14"/></cellXfs>';
    const cells = [
      ['42', 1, '00042'],
      ['45352', 2, '2024-03-01'],
      ['45352.5625', 3, '2024-03-01 13:30:00'],
      ['0.75', 4, '18:00:00'],
      ['1234.5', 5, '1234.5'],
      ['1', 6, '1900-01-01'],
      ['61', 6, '1900-03-01'],
      ['5.2000000000000002', 0, '5.2'],
      ['1E-3', 0, '0.001'],
    ] as const;
    const sheet =
      HEADER +
      cells
        .map(
          ([value, style], row) =>
            `<row r="${row + 2}"><c r="A${row + 2}"><v>${row}</v></c><c r="B${row + 2}" s="${style}"><v>${value}</v></c></row>`,
        )
        .join('');
    const read = await readTable(handmade({ sheet, styles }), 'table.xlsx');
    expect(read.rows.map((row) => row[1])).toEqual(cells.map((cell) => cell[2]));
    const old = await readTable(handmade({ sheet, styles, workbookProperties: '<workbookPr date1904="1"/>' }), 'table.xlsx');
    expect(old.rows[1]?.[1]).toBe('2028-03-02');
  });

  it('reads shared, rich and phonetic strings, formulas, errors, gaps and rows by their number', async () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch &amp; </t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b</t></si>';
    const sheet =
      `${HEADER}<row r="3"><c r="A3"><v>1</v></c><c r="B3" t="s"><v>1</v></c></row>` +
      '<row r="7"><c r="A7"><v>2</v></c><c r="B7" t="str"><f>A7&amp;"x"</f><v>2x</v></c></row>' +
      '<row r="8"><c r="A8"><v>3</v></c><c r="B8" t="e"><v>#N/A</v></c></row>' +
      '<row r="9"><c r="A9"><v>4</v></c><c r="B9"><f>A9*2</f></c></row>' +
      '<row r="10" hidden="1"><c r="A10"><v>5</v></c><c r="B10" t="s"><v>0</v></c></row>';
    const read = await readTable(handmade({ sheet, strings }), 'table.xlsx');
    expect(read.rows).toEqual([
      ['1', 'rich & '],
      ['2', '2x'],
      ['3', '#N/A'],
      ['4', ''],
      ['5', 'plain'],
    ]);
    expect([...read.lineOfRow]).toEqual([3, 7, 8, 9, 10]);
    expect(read.notes.join()).toContain('1 formulas have no stored result');
    expect(read.notes.join()).toContain('1 hidden rows');
  });

  it('drops what is no row in a sheet too', async () => {
    const { toBuffer } = writeXlsxFile([
      ['Ward 3, 2024', null, null],
      [null, null, null],
      ['id', 'sbp', 'hdl'],
      [1, 120, 1.2],
      [2, 131, 1.4],
      [null, null, null],
      [3, 140, 1.1],
      ['Total', 391, 3.7],
      ['* values of the central laboratory', null, null],
    ]);
    const read = await readTable(new Uint8Array(await toBuffer()), 'table.xlsx');
    expect(read.rows.map((row) => row[0])).toEqual(['1', '2', '3']);
    expect(read.headerRow).toBe(3);
    expect(read.dropped.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'preamble'],
      [8, 'total'],
      [9, 'note'],
    ]);
  });

  it('refuses by name what is no workbook, or a broken one', async () => {
    const codeOf = async (bytes: Uint8Array) => {
      const error = await readTable(bytes, 'x.xlsx').catch((problem: unknown) => problem);
      expect(error).toBeInstanceOf(ReadingError);
      return (error as ReadingError).code;
    };
    expect(await codeOf(zipSync({ 'readme.txt': strToU8('hello') }))).toBe('not-a-table');
    const good = handmade({ sheet: `${HEADER}<row r="2"><c r="A2"><v>1</v></c></row>` });
    expect(await codeOf(good.subarray(0, good.length >> 1))).toBe('unreadable');
    expect(await codeOf(handmade({ sheet: '' }))).toBe('empty-file');
    expect(await codeOf(handmade({ sheet: '<row r="1"><c' }))).toMatch(/unreadable|empty-file/);
    for (let at = 0; at < good.length; at += 7) {
      const spoilt = good.slice();
      spoilt[at] = (spoilt[at]! ^ 0x5a) & 0xff;
      await readTable(spoilt, 'x.xlsx').catch((error: unknown) => expect(error).toBeInstanceOf(ReadingError));
    }
  });
});

it('says that another sheet holds rows too, and nothing of a sheet of explanations', async () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => `<row r="${at + 2}">${text(`A${at + 2}`, `p${at}`)}</row>`).join('');
  const two = (count: number) =>
    zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook ${NS} ${RELATIONS}><sheets><sheet name="One" sheetId="1" r:id="rId1"/><sheet name="Two" sheetId="2" r:id="rId2"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${NS}><sheetData>${HEADER}${rows(40)}</sheetData></worksheet>`),
      'xl/worksheets/sheet2.xml': strToU8(`<worksheet ${NS}><sheetData>${HEADER}${rows(count)}</sheetData></worksheet>`),
    });
  expect((await readTable(two(30), 'two.xlsx')).doubts?.join()).toContain('"Two" holds 31 rows');
  expect((await readTable(two(3), 'two.xlsx')).doubts).toEqual([]);
  expect((await readTable(two(30), 'two.xlsx', { sheet: 'Two' })).doubts).toEqual([]);
});
