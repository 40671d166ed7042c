/** The shapes of JSON that hold a table, and those that hold none. */
import { readTable } from '@consilium/shared/reading';
import { describe, expect, it } from 'vitest';

const read = (text: string, name = 'x.json') => readTable(new TextEncoder().encode(text), name);

describe('JSON', () => {
  it.each([
    ['a list of objects', '[{"id":1,"bmi":24.5,"sex":"f"},{"id":2,"sex":"m","bmi":null}]'],
    ['the same under a name', '{"count":2,"rows":[{"id":1,"bmi":24.5,"sex":"f"},{"id":2,"sex":"m"}]}'],
    ['a list of lists', '[["id","bmi","sex"],[1,24.5,"f"],[2,null,"m"]]'],
    ['columns and data', '{"columns":["id","bmi","sex"],"index":[0,1],"data":[[1,24.5,"f"],[2,null,"m"]]}'],
    ['an object of columns', '{"id":[1,2],"bmi":[24.5,null],"sex":["f","m"]}'],
    ['columns by row number', '{"id":{"0":1,"1":2},"bmi":{"0":24.5},"sex":{"0":"f","1":"m"}}'],
    ['one object a line', '{"id":1,"bmi":24.5,"sex":"f"}\r\n\r\n{"id":2,"sex":"m"}\n'],
  ])('gives the rows of %s', async (_, text) => {
    const table = await read(text);
    expect(table.columns).toEqual(['id', 'bmi', 'sex']);
    expect(table.rows).toEqual([
      ['1', '24.5', 'f'],
      ['2', '', 'm'],
    ]);
  });

  it('is told by its content where the name does not say it', async () => {
    expect((await read('[{"a":1,"b":2}]', 'export.txt')).format).toBe('json');
    expect((await read('{"a":1,"b":2}\n{"a":2,"b":3}', 'export')).format).toBe('ndjson');
    expect((await read('{a};b\n1;2\n', 'export.csv')).format).toBe('csv');
  });

  it('names nested values by their path', async () => {
    expect((await read('[{"id":1,"lab":{"hdl":1.2,"units":{"hdl":"mmol/L"}},"tags":["x","y"]}]')).columns).toEqual([
      'id',
      'lab.hdl',
      'lab.units.hdl',
      'tags',
    ]);
  });

  it('names broken lines, and keeps the line of the others', async () => {
    const table = await read('{"id":1,"x":2}\n{"id":2,"x":\n{"id":3,"x":4}\n', 'x.ndjson');
    expect(table.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect([...table.lineOfRow]).toEqual([1, 3]);
    expect(table.dropped.map(({ line, reason }) => [line, reason])).toEqual([[2, 'Line 2 is not JSON.']]);
  });

  it('warns of whole numbers that lost their end', async () => {
    expect((await read('[{"id":12345678901234567890,"x":1}]')).notes.join()).toContain('1 whole numbers are too long');
  });

  it.each(['{"id":1,', '42', '"text"', '[]', '[1,2', '{"resourceType":"Bundle","entry":[]}'])('refuses %s', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'ReadingError' });
  });
});
