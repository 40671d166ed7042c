/** A Parquet file to records, its column names first. Values become the shortest text that gives them back; dates become ISO dates. */
import { gunzipSync } from 'fflate';
import { decompress } from 'fzstd';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { ReadingError } from './raw-table.ts';
import { type Records, recordsOf } from './records.ts';

const MOST_CELLS = 50_000_000;

/** Whether bytes begin and end as Parquet does. */
export function isParquet(bytes: Uint8Array): boolean {
  const is = (at: number, word: string) => [...word].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
  return is(0, 'PAR1') || is(0, 'PARE');
}

/**
 * @param bytes - The file.
 * @returns One record with the column names, then one a row; nested columns as JSON.
 * @throws ReadingError for a damaged, encrypted or oddly compressed file.
 */
export async function readParquet(bytes: Uint8Array): Promise<Records> {
  if (bytes[3] === 0x45) throw new ReadingError('encrypted', 'This Parquet file is encrypted. Export it without encryption, or as CSV.');
  try {
    return recordsOf(await readRows(bytes));
  } catch (error) {
    if (error instanceof ReadingError) throw error;
    const isCodec = error instanceof Error && /compression codec/i.test(error.message);
    const why = isCodec ? 'uses a compression that is not read here (Snappy, gzip and Zstandard are)' : 'is damaged';
    throw new ReadingError('unreadable', `This Parquet file ${why}. Export it again, or as CSV.`);
  }
}

async function readRows(bytes: Uint8Array): Promise<string[][]> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  const metadata = await parquetMetadataAsync(file);
  const fields = parquetSchema(metadata).children;
  const names = fields.map(({ element }) => element.name);
  const rowCount = Number(metadata.num_rows);
  if (!(rowCount >= 0) || rowCount * names.length > MOST_CELLS)
    throw new ReadingError('too-large', 'This Parquet file is too large to be read here, or damaged.');
  const rows: string[][] = [names, ...Array.from({ length: rowCount }, () => names.map(() => ''))];
  const singles = new Set(fields.flatMap(({ element }, column) => (element.type === 'FLOAT' ? [column] : [])));
  const days = new Set(
    fields.flatMap(({ element }, column) => (element.converted_type === 'DATE' || element.logical_type?.type === 'DATE' ? [column] : [])),
  );
  const positions = new Map(names.map((name, column) => [name, column]));
  await parquetRead({
    file,
    metadata,
    compressors: { GZIP: (input) => gunzipSync(input), ZSTD: (input) => decompress(input) },
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = positions.get(columnName);
      if (column === undefined) return;
      for (let index = 0; index < columnData.length; index++) {
        const row = rows[rowStart + index + 1];
        if (row !== undefined) row[column] = valueText((columnData as ArrayLike<unknown>)[index], singles.has(column), days.has(column));
      }
    },
  });
  return rows;
}

/** The text of any value that a file with types can hold. */
export function valueText(value: unknown, isSingle = false, isDay = false): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : isSingle ? singleText(value) : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const text = value.toISOString();
    return isDay || text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('T', ' ').replace(/(?:\.000)?Z$/, '');
  }
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
}

/** The shortest decimal that is this single-precision number. */
function singleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
