/**
 * Files spoiled in their content: identifiers, units, codes, missing codes, duplicates, leaks. For each what must happen, cell by cell
 * where cells are concerned. The clean values are known, so every converted value has its oracle.
 */
import { type CheckedRows, checkRows } from '@consilium/shared/federation';
import { emptyMapping, type Mapping, plainColumn } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';
import { csvOf, type MadeRow, madeRows, renamed, SPOILED_PLAN, withColumn } from './made-hospital.ts';

const clean = madeRows();
const check = (rows: readonly MadeRow[], mapping: Mapping | null = null, exclusions: string | null = null): Promise<CheckedRows> =>
  checkRows(SPOILED_PLAN, 'here', {
    files: [{ name: 'here.csv', bytes: csvOf(rows) }],
    splitCsv: null,
    mapping,
    exclusions: exclusions === null ? null : new TextEncoder().encode(exclusions),
  });
const failed = ({ checks }: CheckedRows) => checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
const checkOf = ({ checks }: CheckedRows, id: string) => checks.find((entry) => entry.id === id);
const values = ({ table }: CheckedRows, name: string) => Array.from(table.values.get(name) ?? []);
const cleanNumbers = (name: string) => clean.map((row) => Number(row[name]));
const near = (got: readonly number[], wanted: readonly number[], tolerance: number) => {
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, at) => {
    expect(
      Math.abs(value - (wanted[at] ?? Number.NaN)) / Math.abs(wanted[at] || 1),
      `row ${at + 1}: ${value} and ${wanted[at]}`,
    ).toBeLessThan(tolerance);
  });
};

describe('the clean file', () => {
  it('is ready, with nothing failed and nothing refused', async () => {
    const checked = await check(clean);
    expect(failed(checked)).toEqual([]);
    expect(checked.isReady).toBe(true);
    expect(checked.table.rejected).toEqual([]);
    for (const { name } of SPOILED_PLAN.features) near(values(checked, name), cleanNumbers(name), 1e-12);
  });
});

const MMOL = 18.0156; // glucose, mg/dL for 1 mmol/L (180.156 g/mol)
const CHOL = 38.665;
const KREA = 88.4;

const WRONG_UNITS: [string, string, (value: number) => number][] = [
  ['glucose', 'mmol/L', (value) => value / MMOL],
  ['chol', 'mmol/L', (value) => value / CHOL],
  ['creatinine', 'umol/L', (value) => value * KREA],
  ['hba1c', 'mmol/mol', (value) => (value - 2.152) / 0.09148],
  ['weight', '[lb_av]', (value) => value / 0.45359237],
  ['height', '[in_i]', (value) => value / 2.54],
  ['height', 'm', (value) => value / 100],
  ['sbp', 'kPa', (value) => value / 7.50061683],
];

describe('a column in another unit, inside a range that is too wide to notice', () => {
  it.each(WRONG_UNITS)('%s in %s is stopped with that unit proposed, and right once it is chosen', async (name, unit, change) => {
    const rows = withColumn(clean, name, (text) => String(Number(change(Number(text)).toPrecision(8))));
    const stopped = await check(rows);
    expect(failed(stopped)).toEqual([`unit:${name}`]);
    expect(stopped.isReady).toBe(false);
    expect(checkOf(stopped, `unit:${name}`)?.text).toContain(unit);
    expect(checkOf(stopped, `unit:${name}`)?.rows).toHaveLength(clean.length);
    const chosen = { ...stopped.mapping, features: { ...stopped.mapping.features, [name]: { ...plainColumn(name), unit } } };
    const right = await check(rows, chosen);
    expect(failed(right)).toEqual([]);
    near(values(right, name), cleanNumbers(name), 1e-3);
    expect(right.table.uses.find(({ feature }) => feature === name)?.convertedFrom).toBe(unit);
  });

  it('is a warning once a person has accepted it', async () => {
    const rows = withColumn(clean, 'glucose', (text) => (Number(text) / MMOL).toFixed(2));
    const accepted = await check(rows, { ...emptyMapping('spoiled'), accepted: ['unit:glucose'] });
    expect(checkOf(accepted, 'unit:glucose')?.status).toBe('warn');
    expect(accepted.isReady).toBe(true);
  });

  it('is converted where the column names its unit', async () => {
    const rows = renamed(
      withColumn(clean, 'chol', (text) => (Number(text) / CHOL).toFixed(4)),
      'chol',
      'Cholesterin [mmol/l]',
    );
    const checked = await check(rows);
    expect(failed(checked)).toEqual([]);
    near(values(checked, 'chol'), cleanNumbers('chol'), 1e-3);
  });

  it('is stopped where the column names a unit that its values are not in', async () => {
    await expect(check(renamed(clean, 'chol', 'chol_mmol_l'))).rejects.toThrow(/"chol" is not a column/);
    const mapping = { ...emptyMapping('spoiled'), features: { chol: { ...plainColumn('chol'), unit: 'mmol/L' } } };
    expect(failed(await check(clean, mapping))).toEqual(['range:chol']);
  });

  it.each([
    ['glucose', 'mmol/L', MMOL, 4],
    ['chol', 'mmol/L', CHOL, 12],
    ['creatinine', 'umol/L', 1 / KREA, 6],
  ])('%s with some rows in %s is stopped with just those rows', async (name, unit, factor, every) => {
    const isForeign = (at: number) => at % every === 1;
    const rows = withColumn(clean, name, (text, at) => (isForeign(at) ? String(Number((Number(text) / factor).toPrecision(5))) : text));
    const checked = await check(rows);
    expect(failed(checked)).toEqual([`unit:${name}`]);
    expect(checkOf(checked, `unit:${name}`)?.text).toContain(unit);
    expect(checkOf(checked, `unit:${name}`)?.rows).toEqual(clean.flatMap((_, at) => (isForeign(at) ? [at + 1] : [])));
  });

  it('reads cells that name their own unit', async () => {
    const rows = withColumn(clean, 'glucose', (text, at) =>
      at % 2 === 0 ? `${text} mg/dl` : `${(Number(text) / MMOL).toFixed(4)} mmol/l`,
    );
    const checked = await check(rows);
    expect(failed(checked)).toEqual([]);
    near(values(checked, 'glucose'), cleanNumbers('glucose'), 1e-3);
  });
});

describe('codes', () => {
  it.each([
    ['sex', { 0: 'female', 1: 'male' }],
    ['sex', { 0: 'F', 1: 'M' }],
    ['sex', { 0: 'weiblich', 1: 'männlich' }],
    ['sex', { 0: 'W', 1: ' m ' }],
    ['sex', { 0: 'Kobieta', 1: 'Mężczyzna' }],
    ['sex', { 0: 'femme', 1: 'homme' }],
    ['diabetes', { 0: 'no', 1: 'yes' }],
    ['diabetes', { 0: 'nein', 1: 'ja' }],
    ['diabetes', { 0: 'NON', 1: 'Oui' }],
    ['diabetes', { 0: 'nie', 1: 'tak' }],
    ['diabetes', { 0: 'FALSE', 1: 'TRUE' }],
    ['diabetes', { 0: '0.0', 1: '1.0' }],
    ['smoker', { 0: 'Never', 1: 'Ex-smoker', 2: 'Current smoker' }],
    ['died', { 0: 'nein', 1: 'ja' }],
  ] as [string, Record<string, string>][])('of %s as %j are read without a question', async (name, words) => {
    const checked = await check(withColumn(clean, name, (text) => words[text] ?? text));
    expect(failed(checked)).toEqual([]);
    expect(checked.table.rejected).toEqual([]);
    const got = name === 'died' ? Array.from(checked.table.outcome) : values(checked, name);
    expect(got).toEqual(cleanNumbers(name));
  });

  it('that nobody knows are refused by cell, and stop the file where they are many', async () => {
    const few = await check(withColumn(clean, 'smoker', (text, at) => (at === 4 ? 'pipe' : text)));
    expect(few.table.rejected).toMatchObject([{ row: 5, column: 'smoker', text: 'pipe', reason: 'not one of the codes 0, 1, 2' }]);
    expect(few.isReady).toBe(true);
    const many = await check(withColumn(clean, 'sex', (text) => String(Number(text) + 1)));
    expect(failed(many)).toEqual(['codes:sex']);
  });
});

describe('codes for missing', () => {
  it.each(['-9', '-99', '9999', '99999', 'NA', 'n/a', '.', '?', 'unk', 'missing', 'nd', '-', 'k.A.', '#N/A'])(
    '%s is missing, not a value and not a refused cell',
    async (code) => {
      const isMissing = (at: number) => at % 10 === 3;
      const checked = await check(withColumn(clean, 'chol', (text, at) => (isMissing(at) ? code : text)));
      expect(failed(checked)).toEqual([]);
      expect(checked.table.rejected).toEqual([]);
      expect(values(checked, 'chol')).toEqual(cleanNumbers('chol').map((value, at) => (isMissing(at) ? Number.NaN : value)));
    },
  );

  it('are asked for where they lie in the range', async () => {
    const checked = await check(withColumn(clean, 'weight', (text, at) => (at % 10 === 3 ? '399.9' : at % 10 === 4 ? '999' : text)));
    expect(checked.table.rejected).toEqual([]);
    const odd = await check(withColumn(clean, 'creatinine', (text, at) => (at % 10 === 3 ? '999' : text)));
    expect(odd.isReady).toBe(false);
    expect(failed(odd).every((id) => id.endsWith(':creatinine'))).toBe(true);
  });

  it('do not swallow real negatives', async () => {
    const checked = await check(withColumn(clean, 'oldpeak', (_, at) => (at % 9 === 0 ? '-1' : '0.8')));
    expect(values(checked, 'oldpeak')).toEqual(clean.map((_, at) => (at % 9 === 0 ? -1 : 0.8)));
  });

  it('differ from a feature that is not collected here', async () => {
    const mapping = { ...emptyMapping('spoiled'), features: { hba1c: { notCollected: true as const } } };
    const rows = clean.map(({ hba1c: _hba1c, ...row }) => row);
    const checked = await check(rows, mapping);
    expect(checkOf(checked, 'not-collected:hba1c')?.status).toBe('pass');
    expect(checked.isReady).toBe(true);
    await expect(check(rows)).rejects.toThrow(/"hba1c" is not a column/);
  });
});

describe('rows', () => {
  it('that are exact copies of a patient are dropped with notice', async () => {
    const checked = await check([...clean, clean[3]!, clean[3]!]);
    expect(checked.split.dropped).toEqual([{ reason: 'an exact duplicate of an earlier row', count: 2 }]);
    expect(checkOf(checked, 'repeated-rows')).toMatchObject({ status: 'warn', rows: [121, 122] });
  });

  it('of one patient that contradict each other are listed, and go to one side', async () => {
    const checked = await check([...clean, { ...clean[3]!, chol: '251' }]);
    expect(checkOf(checked, 'conflicting-rows')).toMatchObject({ status: 'warn', rows: [121] });
    expect(checked.split.sets[120]).toBe(checked.split.sets[3]);
    expect(checked.split.dropped).toEqual([]);
  });

  it('of patients who opted out are left out, by id or by hash, loosely written ones too', async () => {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update('P1007').digest('hex');
    const checked = await check(clean, null, `patient_id\nP1002\n p1004\n${hash}\nP9999\n`);
    expect([...checked.table.leftOut.keys()].sort((a, b) => a - b)).toEqual([2, 4, 7]);
    expect(checked.split.dropped).toEqual([{ reason: 'on the exclusion list', count: 3 }]);
    expect(checkOf(checked, 'exclusions')).toMatchObject({ status: 'warn', rows: [3, 5, 8] });
    expect(checkOf(checked, 'exclusions')?.text).not.toContain('P1002');
  });

  it('with a column that gives the outcome away stop the file', async () => {
    const checked = await check(withColumn(clean, 'hba1c', (_, at) => (clean[at]!.died === '1' ? '9.1' : '5.2')));
    expect(failed(checked)).toEqual(['leak:hba1c']);
  });

  it('of one class, without outcome, or too few of them', async () => {
    expect(checkOf(await check(withColumn(clean, 'died', () => '0')), 'outcome-classes')?.status).toBe('warn');
    expect(failed(await check(withColumn(clean, 'died', () => '')))).toContain('outcome-classes');
    expect(failed(await check(clean.slice(0, 6)))).toEqual(['few-patients']);
    expect(checkOf(await check(withColumn(clean, 'weight', () => '80')), 'constant:weight')?.status).toBe('warn');
    expect(checkOf(await check(withColumn(clean, 'weight', () => '')), 'missing:weight')?.status).toBe('warn');
  });

  it('with impossible values are missing by name', async () => {
    const rows = withColumn(
      withColumn(clean, 'age', (text, at) => (at === 1 ? '640' : text)),
      'weight',
      (text, at) => (at === 2 ? '<30' : at === 3 ? '80-90' : text),
    );
    const checked = await check(rows);
    expect(checked.table.rejected).toMatchObject([
      { row: 2, column: 'age', text: '640', reason: 'outside the range 18 to 110' },
      { row: 3, column: 'weight', text: '<30', reason: 'a limit, not a number' },
      { row: 4, column: 'weight', text: '80-90', reason: 'not a number' },
    ]);
    expect(checked.isReady).toBe(true);
  });
});

describe('an age told by two dates', () => {
  const mapping = { ...emptyMapping('spoiled'), features: { age: { ...plainColumn('geboren'), until: 'aufnahme' } } };
  const dated = (born: string, seen: string) => clean.map(({ age: _age, ...row }) => ({ ...row, geboren: born, aufnahme: seen }));

  it('is in completed years', async () => {
    const rows = [...dated('01.03.1950', '28.02.2020').slice(0, 60), ...dated('29.02.1952', '01.03.2020').slice(60)];
    const checked = await check(rows, mapping);
    expect(new Set(values(checked, 'age').slice(0, 60))).toEqual(new Set([69]));
    expect(new Set(values(checked, 'age').slice(60))).toEqual(new Set([68]));
    expect(checked.proposal.columns.find(({ column }) => column === 'geboren')?.kind).toBe('date');
  });

  it('is refused for dates that never were and for visits before birth', async () => {
    const rows = dated('13.03.1950', '28.02.2020');
    rows[0] = { ...rows[0]!, geboren: '31.02.1950' };
    rows[1] = { ...rows[1]!, aufnahme: '13.03.1949' };
    const checked = await check(rows, mapping);
    expect(checked.table.rejected.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'no such date'],
      [2, 'the later date is before the earlier one'],
    ]);
  });
});
