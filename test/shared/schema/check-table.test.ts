/** The schema check: what each cell becomes, what is refused and why, and the quality report. */
import { createHash, createHmac } from 'node:crypto';
import { type RawTable, readCsv } from '@consilium/shared/reading';
import { type CheckedTable, checkTable, featureSchema, outcomeSchema, SchemaError } from '@consilium/shared/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const csv = (text: string): RawTable => readCsv(new TextEncoder().encode(text));

const age = featureSchema.parse({ name: 'age', type: 'number', range: [18, 110] });
const chol = featureSchema.parse({ name: 'chol', column: 'cholesterol', type: 'number', range: [0, 700], missing: [0, 'not done'] });
const sex = featureSchema.parse({ name: 'sex', type: 'binary' });
const cp = featureSchema.parse({
  name: 'cp',
  type: 'category',
  codes: [
    { code: 4, label: 'none' },
    { code: '1.0', label: 'typical' },
    { code: 'NA', label: 'not angina' },
  ],
});
const outcome = outcomeSchema.parse({ name: 'disease', task: 'binary', column: 'num', positive: 'num > 0' });
const everything = { features: [age, chol, sex, cp], outcome, extraColumns: ['id'], patientColumn: 'id', patientKey: 'splitheart7' };

const HEADER = 'id,age,cholesterol,sex,cp,num,surname\n';
/** The definition of learning.md, with Node's own HMAC. */
const hashed = (id: string): string =>
  createHmac('sha256', createHash('sha256').update('splitheart7').digest()).update(id.normalize('NFC').trim(), 'utf8').digest('hex');
const check = (rows: string): CheckedTable => checkTable(csv(HEADER + rows), everything);
const checkOf = (table: CheckedTable, id: string) => table.checks.find((entry) => entry.id === id);

describe('checkTable', () => {
  it('turns cells into numbers, code positions and events', () => {
    const table = check('a,63.0,233,1.0,1,0,x\nb, 4.1e1 ,.5,0,4.0,3,y\n');
    expect([...table.values.get('age')!]).toEqual([63, 41]);
    expect([...table.values.get('chol')!]).toEqual([233, 0.5]);
    expect([...table.values.get('sex')!]).toEqual([1, 0]);
    expect([...table.values.get('cp')!]).toEqual([1, 0]);
    expect([...table.outcome]).toEqual([0, 1]);
    expect(table.extra.get('id')).toEqual(['a', 'b'].map(hashed));
    expect(table.rejected).toEqual([]);
  });

  it.each(['', '?', 'NA', 'n/a', 'NaN', 'null', '.', ' ? '])('takes %j as missing, without refusing it', (text) => {
    const table = check(`a,${text},1,1,1,${text},x\n`);
    expect([...table.values.get('age')!]).toEqual([Number.NaN]);
    expect([...table.outcome]).toEqual([Number.NaN]);
    expect(table.rejected).toEqual([]);
    expect(table.missing.get('age')).toBe(1);
  });

  it.each(['0', '0.0', '-0', '00', 'not done'])('takes %j as missing where the dictionary says 0 and "not done" are', (text) => {
    expect([...check(`a,50,${text},1,1,0,x\n`).values.get('chol')!]).toEqual([Number.NaN]);
  });

  it('prefers a declared code to a text that means missing elsewhere', () => {
    expect([...check('a,50,1,1,NA,0,x\n').values.get('cp')!]).toEqual([2]);
  });

  it('refuses every other cell by row, line, column, text and reason', () => {
    const table = check('a,12,1e999,2,5,yes,x\n\nb,sixty,701,1,1,0,x\n');
    expect(table.rejected).toEqual([
      { row: 1, line: 2, column: 'age', text: '12', reason: 'outside the range 18 to 110' },
      { row: 1, line: 2, column: 'cholesterol', text: '1e999', reason: 'not a number' },
      { row: 1, line: 2, column: 'sex', text: '2', reason: 'not one of the codes 0, 1' },
      { row: 1, line: 2, column: 'cp', text: '5', reason: 'not one of the codes 4, 1, NA' },
      { row: 1, line: 2, column: 'num', text: 'yes', reason: 'not a number' },
      { row: 2, line: 4, column: 'age', text: 'sixty', reason: 'not a number' },
      { row: 2, line: 4, column: 'cholesterol', text: '701', reason: 'outside the range 0 to 700' },
    ]);
    expect(checkOf(table, 'rejected-cells')).toMatchObject({ status: 'warn', rows: [1, 2] });
    expect([...table.values.get('chol')!]).toEqual([Number.NaN, Number.NaN]);
  });

  it('accepts both ends of a range', () => {
    const table = check('a,18,0.5,1,1,0,x\nb,110,700,1,1,0,x\n');
    expect([...table.values.get('age')!]).toEqual([18, 110]);
    expect(table.rejected).toEqual([]);
  });

  it('reads decimal commas, and refuses a point that may separate thousands', () => {
    const raw = csv('age;num\n63,5;0\n41,0;1,0\n1.041;1\n');
    const table = checkTable(raw, { features: [age], outcome, extraColumns: [] });
    expect([...table.values.get('age')!]).toEqual([63.5, 41, Number.NaN]);
    expect([...table.outcome]).toEqual([0, 1, 1]);
    expect(table.rejected.map(({ text }) => text)).toEqual(['1.041']);
  });

  it('reads every number JavaScript can write', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const wide = featureSchema.parse({ name: 'v', type: 'number', range: [-Number.MAX_VALUE, Number.MAX_VALUE] });
        const table = checkTable(csv(`v,num\n${value},1\n`), { features: [wide], outcome, extraColumns: [] });
        expect(table.values.get('v')![0]).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });

  it('names absent columns and the nearest ones there are', () => {
    try {
      checkTable(csv('id,age,Cholesterl,sexe,num\n1,2,3,4,5\n'), everything);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SchemaError);
      const { code, message, columns } = error as SchemaError;
      expect(code).toBe('missing-column');
      expect(columns).toEqual(['cholesterol', 'sex', 'cp']);
      expect(message).toContain('"cholesterol" is not a column of this file; did you mean "Cholesterl"?');
      expect(message).toContain('did you mean "sexe"?');
    }
  });

  it('never looks at a column that is not part of the study', () => {
    const raw = csv(`${HEADER}a,50,1,1,1,0,Canary\n`);
    const guarded: RawTable = {
      ...raw,
      rows: raw.rows.map(
        (cells) =>
          new Proxy(cells, {
            get: (target, key) => {
              if (key === '6') throw new Error('the surname was read');
              return Reflect.get(target, key) as unknown;
            },
          }),
      ),
    };
    const table = checkTable(guarded, everything);
    expect(checkOf(table, 'ignored-columns')?.text).toContain('surname');
    expect(JSON.stringify([...table.extra, table.checks, table.rejected])).not.toContain('Canary');
  });
});

describe('patients', () => {
  const rows = 'Zo\u00eb-17,50,200,1,1,0,x\n Zoe\u0308-17 ,51,200,1,1,0,x\n,52,200,1,1,0,x\nCanary-3,53,200,1,1,1,x\n';

  it('are known by a keyed hash alone: no text of an id is anywhere in the checked table', () => {
    const table = check(rows);
    expect(table.patients).toEqual([hashed('Zo\u00eb-17'), hashed('Zo\u00eb-17'), '', hashed('Canary-3')]);
    expect(table.extra.get('id')).toEqual(table.patients);
    const seen = JSON.stringify(table, (_, value: unknown) => (value instanceof Map ? [...value] : value));
    expect(seen).not.toMatch(/Canary|Zo/);
  });

  it('on an exclusion list are found by their own ids or the SHA-256 of them, before the keyed hash', () => {
    const plain = createHash('sha256').update('Canary-3').digest('hex');
    const table = checkTable(csv(HEADER + rows), everything, { exclusions: ['Zo\u00eb-17', plain] });
    expect([...table.leftOut.keys()].sort()).toEqual([0, 1, 3]);
  });

  it('of another key have other hashes', () => {
    const other = checkTable(csv(HEADER + rows), { ...everything, patientKey: 'splitheart8' });
    expect(other.patients?.filter((hash) => hash !== '' && check(rows).patients?.includes(hash))).toEqual([]);
  });
});

describe('the quality report', () => {
  it('passes a clean table', () => {
    const table = check('a,50,200,1,1,0,x\nb,60,210,0,4,1,x\n');
    expect(table.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  it('warns of a single class, and the rows stay usable', () => {
    const table = check('a,50,200,1,1,2,x\nb,60,210,0,4,1,x\n');
    expect(checkOf(table, 'outcome-classes')).toMatchObject({ status: 'warn' });
    expect([...table.outcome]).toEqual([1, 1]);
  });

  it('fails a table without any known outcome', () => {
    expect(checkOf(check('a,50,200,1,1,?,x\n'), 'outcome-classes')).toMatchObject({ status: 'fail' });
  });

  it('finds repeated rows, repeated patients and rows without a patient', () => {
    const table = check('a,50,200,1,1,0,x\nb,60,210,0,4,1,x\na,50.0,200,1,1,0,y\nb,61,210,0,4,1,x\n,61,210,0,4,1,x\n');
    expect(checkOf(table, 'repeated-rows')).toMatchObject({ status: 'warn', rows: [3] });
    expect(checkOf(table, 'patients')).toMatchObject({ status: 'warn', rows: [3, 4] });
    expect(checkOf(table, 'patient-missing')).toMatchObject({ status: 'warn', rows: [5] });
  });

  it('tells a feature that is not collected here from one with some values missing', () => {
    const table = check('a,50,?,1,1,0,x\nb,60,?,?,4,1,x\nc,?,?,1,4,1,x\nd,60,?,1,4,1,x\ne,60,?,1,4,1,x\n');
    expect(checkOf(table, 'missing:chol')?.text).toContain('not to be collected here');
    expect(checkOf(table, 'missing:sex')).toMatchObject({ status: 'pass', rows: [2] });
    expect(checkOf(table, 'missing:age')?.text).toContain('1 of 5 values are missing (20 %)');
    expect(checkOf(table, 'constant:sex')).toMatchObject({ status: 'warn' });
  });

  it('reports rows with too many cells', () => {
    const table = check('a,50,200,1,1,0,x\nb,60,210,0,4,1,x,x\n');
    expect(checkOf(table, 'ragged-rows')).toMatchObject({ status: 'warn', rows: [2] });
    expect(checkOf(table, 'outcome-missing')).toMatchObject({ status: 'warn', rows: [2] });
  });
});
