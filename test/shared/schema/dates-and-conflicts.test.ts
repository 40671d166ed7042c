/** Dates that cannot be, and a hospital's decision on rows of one patient that contradict each other. */
import { readCsv } from '@consilium/shared/reading';
import { checkTable, emptyMapping, featureSchema, type Mapping, outcomeSchema, parseMapping } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';

const csv = (text: string) => readCsv(new TextEncoder().encode(text));

describe('dates', () => {
  const age = featureSchema.parse({ name: 'age', type: 'number', unit: 'a', range: [0, 120] });
  const outcome = outcomeSchema.parse({ name: 'death', task: 'time-to-event', time: 'days', event: 'died', horizon: 365 });
  const mapping: Mapping = parseMapping({
    mapping: 1,
    study: 'dates',
    features: { age: { column: 'born', until: 'diagnosis' } },
    outcome: { days: { column: 'diagnosis', until: 'end' } },
  });
  const raw = csv(
    `born,diagnosis,end,died
1950-03-01,2019-02-28,2019-03-30,1
1960-01-01,2020-06-30,2020-07-01,0
1960-01-01,2020-07-01,2020-07-02,0
1970-05-05,2020-01-10,2020-01-09,1
2021-01-01,2020-01-01,2020-02-01,0
`,
  );
  const check = (today: { year: number; month: number; day: number } | null) =>
    checkTable(raw, { features: [age], outcome, extraColumns: [] }, { mapping, today });

  it('after the day of the check are refused, on that day they are not', () => {
    const table = check({ year: 2020, month: 7, day: 1 });
    expect(table.checks.find(({ id }) => id === 'future-dates')).toMatchObject({ status: 'warn', rows: [3, 5] });
    expect([...table.time!]).toEqual([30, 1, Number.NaN, Number.NaN, 31]);
    expect([...table.outcome]).toEqual([1, 0, Number.NaN, Number.NaN, 0]);
  });

  it('are not looked at against a calendar that nobody handed in', () => {
    const table = check(null);
    expect(table.checks.find(({ id }) => id === 'future-dates')).toBeUndefined();
    expect(table.time![2]).toBe(1);
  });

  it('of a death before the diagnosis and of a birth after it are named with their rows', () => {
    const table = check(null);
    expect(table.checks.find(({ id }) => id === 'date-order')).toMatchObject({ status: 'warn', rows: [4, 5] });
    expect([...table.values.get('age')!]).toEqual([68, 60, 60, 49, Number.NaN]);
  });

  it('that give a time before zero are named, and many of them stop the file', () => {
    const spec = { features: [], outcome, extraColumns: [] };
    const few = checkTable(csv(`days,died\n-1,0\n${'5,1\n'.repeat(9)}`), spec);
    expect(few.checks.find(({ id }) => id === 'before-zero')).toMatchObject({ status: 'warn', rows: [1] });
    const many = checkTable(csv(`days,died\n${'-1,0\n'.repeat(3)}${'5,1\n'.repeat(9)}`), spec);
    expect(many.checks.find(({ id }) => id === 'before-zero')).toMatchObject({ status: 'fail', rows: [1, 2, 3] });
  });
});

describe('rows of one patient that contradict each other', () => {
  const age = featureSchema.parse({ name: 'age', type: 'number', range: [0, 120] });
  const outcome = outcomeSchema.parse({ name: 'disease', task: 'binary', column: 'num', positive: 'num > 0' });
  const raw = csv('id,age,num\na,50,1\nb,60,0\na,51,1\nc,70,0\na,50,1\nd,40,1\nd,41,0\n,30,0\n');
  const check = (conflicts: Mapping['conflicts'], exclusions: string[] = []) =>
    checkTable(
      raw,
      { features: [age], outcome, extraColumns: ['id'], patientColumn: 'id' },
      { mapping: { ...emptyMapping('s'), conflicts }, exclusions },
    );
  const left = (table: ReturnType<typeof check>) => [...table.leftOut.keys()].map((row) => row + 1).sort();

  it.each([
    [null, [5], /Decide which rows are right/],
    ['first', [3, 5, 7], /first row of such a patient counts/],
    ['last', [1, 3, 6], /last row/],
    ['none', [1, 3, 5, 6, 7], /left out/],
  ] as const)('are treated as the hospital decides: %s', (decision, rows, text) => {
    const table = check(decision);
    expect(left(table)).toEqual(rows);
    const told = table.checks.find(({ id }) => id === 'conflicting-rows');
    expect(told).toMatchObject({ status: 'warn', rows: [3, 7] });
    expect(told?.text).toMatch(text);
  });

  it('of an excluded patient are out whatever was decided', () => {
    expect(left(check('first', ['d']))).toEqual([3, 5, 6, 7]);
  });
});
