/** Hospitals' files in other formats than CSV: a study of them is the study of the same tables as CSV, to the byte. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnce } from '@consilium/simulations';
import { asDelimited, readStudyInput } from '@consilium/simulations/input';
import { parquetBytes } from '@consilium/simulations/output';
import { divide, readPartition, splitOverview } from '@consilium/simulations/partitions';
import { afterAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { linearPlan, smallHospitals } from '../reference/small-hospitals.ts';

const folder = mkdtempSync(join(tmpdir(), 'consilium-formats-'));
const at = (...names: string[]): string => join(folder, ...names);
const hospitals = smallHospitals(60);
const rowsOf = (csv: Uint8Array): string[][] =>
  new TextDecoder()
    .decode(csv)
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const isText = (cell: string) => cell.trim() === '' || Number.isNaN(Number(cell));

/** By another library. */
async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const { toBuffer } = writeXlsxFile(rows.map((row) => row.map((cell) => (isText(cell) ? cell : Number(cell)))));
  return new Uint8Array(await toBuffer());
}

function parquet([names = [], ...rows]: readonly (readonly string[])[]): Uint8Array {
  const columns = names.map((name, column) => {
    const values = rows.map((row) => row[column] ?? '');
    return values.some(isText) ? { name, type: 'text' as const, values } : { name, type: 'number' as const, values: values.map(Number) };
  });
  return parquetBytes({ name: 'patients', columns });
}

const tabs = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\n');
const FORMATS = [
  ['xlsx', workbook],
  ['parquet', parquet],
  ['tsv', tabs],
  ['csv', (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\n')],
] as const;

describe('files that are not CSV', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of one hospital each, in four formats, give the bytes of the same tables as CSV', async () => {
    mkdirSync(at('mixed'));
    for (const [site, { id, csv }] of hospitals.entries()) {
      const [ending, write] = FORMATS[site]!;
      writeFileSync(at('mixed', `${id}.${ending}`), await write(rowsOf(csv)));
    }
    for (const name of ['README.txt', '~$north.xlsx', '.hidden.csv']) writeFileSync(at('mixed', name), 'no table');
    const plan = linearPlan();
    const read = await readStudyInput(plan, at('mixed'), null);
    expect(read.sites.map(({ id }) => id)).toEqual(['east', 'north', 'south', 'west']);
    const study = (sites: typeof read.sites) => runOnce({ plan, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });
    const mixed = await study(read.sites);
    const plain = await study([...hospitals].sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(mixed.predictions).toEqual(plain.predictions);
    expect(mixed.result).toEqual(plain.result);
  });

  it.each(FORMATS)('of all hospitals in one %s are divided by the site column, and anew', async (ending, write) => {
    const [header = []] = rowsOf(hospitals[0]!.csv);
    const rows = hospitals.flatMap(({ id, csv }) =>
      rowsOf(csv)
        .slice(1)
        .map((cells) => [...cells, id]),
    );
    writeFileSync(at(`all.${ending}`), await write([[...header, 'ward'], ...rows]));
    const plan = linearPlan();
    const read = await readStudyInput(plan, at(`all.${ending}`), 'ward');
    expect(read.sites.map(({ id }) => id)).toEqual(hospitals.map(({ id }) => id));
    const numbers = (csv: Uint8Array) =>
      rowsOf(csv).map((cells) => cells.map((cell) => cell.replaceAll('"', '')).map((cell) => (isText(cell) ? cell : String(Number(cell)))));
    for (const [site, { csv }] of hospitals.entries()) expect(numbers(read.sites[site]!.csv)).toEqual(numbers(csv));
    const divided = divide(plan, await asDelimited(plan, read), [readPartition('iid:sites=3')], 1);
    expect(splitOverview(plan, divided).sites.reduce((sum, site) => sum + site.patients, 0)).toBe(rows.length);
  });

  it('names the site whose file is no table, when its rows are looked at', async () => {
    mkdirSync(at('empty'));
    writeFileSync(at('empty', 'north.csv'), '');
    const read = await readStudyInput(linearPlan(), at('empty'), null);
    expect(() => splitOverview(linearPlan(), read)).toThrow(/^north: This file is empty/);
    writeFileSync(at('empty', 'north.xlsx'), 'no workbook');
    rmSync(at('empty', 'north.csv'));
    await expect(asDelimited(linearPlan(), await readStudyInput(linearPlan(), at('empty'), null))).rejects.toThrow(/^north: /);
  });

  it('refuses two files of one site, and a folder without any, by name', async () => {
    mkdirSync(at('twice'));
    for (const ending of ['csv', 'tsv']) writeFileSync(at('twice', `north.${ending}`), 'a\n1\n');
    await expect(readStudyInput(linearPlan(), at('twice'), null)).rejects.toThrow(/name the site "north": north\.csv and north\.tsv/);
    mkdirSync(at('none'));
    await expect(readStudyInput(linearPlan(), at('none'), null)).rejects.toThrow(/holds no file of a site: CSV, TSV, Excel/);
  });
});
