/** A table as a Parquet file, for notebooks: typed columns, the same bytes every time. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, TidyTable } from './tidy-tables.ts';

const TYPES = { text: 'STRING', whole: 'INT32', number: 'DOUBLE' } as const satisfies Record<Column['type'], string>;

export function parquetBytes({ columns }: TidyTable): Uint8Array {
  const columnData = columns.map(({ name, type, values }) => ({ name, type: TYPES[type], nullable: true, data: [...values] }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
