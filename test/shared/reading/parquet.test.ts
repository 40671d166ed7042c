/** Parquet files of the library's companion writer and of Apache Arrow's own. */
import { readTable } from '@consilium/shared/reading';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { ARROW_FILES } from './arrow-files.ts';

describe('Parquet', () => {
  it('gives back what was written', async () => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: [1n, 9_007_199_254_740_993n, 3n], type: 'INT64' },
        { name: 'hdl', data: Float32Array.of(0.1, 1.4, 16777216), type: 'FLOAT' },
        { name: 'ldl', data: [0.1, 2.5e-7, null], type: 'DOUBLE' },
        { name: 'name', data: ['Łukasz', '', 'a,"b"'], type: 'STRING' },
        { name: 'smoker', data: [true, false, null], type: 'BOOLEAN' },
      ],
    });
    const read = await readTable(new Uint8Array(buffer), 'x.parquet');
    expect(read.columns).toEqual(['id', 'hdl', 'ldl', 'name', 'smoker']);
    expect(read.rows).toEqual([
      ['1', '0.1', '0.1', 'Łukasz', 'true'],
      ['9007199254740993', '1.4', '2.5e-7', '', 'false'],
      ['3', '16777216', '', 'a,"b"', ''],
    ]);
  });

  it.each(Object.entries(ARROW_FILES))('reads the %s file of Apache Arrow', async (_, base64) => {
    const read = await readTable(new Uint8Array(Buffer.from(base64, 'base64')), 'x.parquet');
    expect(read.format).toBe('parquet');
    expect(read.columns).toEqual(['pid', 'age', 'hdl', 'single', 'seen', 'at', 'smoker', 'ward']);
    expect(read.rows).toEqual([
      ['p1', '61', '1.25', '0.1', '2024-03-01', '2024-03-01 13:30:00', 'true', 'north'],
      ['p2', '', '', '', '', '', '', 'south'],
      ['p3', '48', '-0.5', '24.5', '1899-12-31', '1969-12-31 23:59:59', 'false', 'north'],
    ]);
  });

  it('refuses damaged files by name, and never hangs', async () => {
    const good = Buffer.from(ARROW_FILES.snappy, 'base64');
    for (let at = 4; at < good.length; at += 5) {
      const spoilt = new Uint8Array(good);
      spoilt[at] = (spoilt[at]! ^ 0xa5) & 0xff;
      await readTable(spoilt, 'x.parquet').catch((error: unknown) => expect(error).toMatchObject({ name: 'ReadingError' }));
    }
    await expect(readTable(new Uint8Array(good.subarray(0, 60)), 'x.parquet')).rejects.toMatchObject({ code: 'unreadable' });
  });
});
