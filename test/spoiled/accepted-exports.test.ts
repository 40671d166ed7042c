/** Exports as hospitals of several countries send them: words, codes and names that no English dictionary holds, each against the clean values. */
import { type CheckedRows, checkRows } from '@consilium/shared/federation';
import { emptyMapping, sureMapping } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';
import { encodeAs } from './encode.ts';
import { csvOf, type MadeRow, madeRows, SPOILED_PLAN, withColumn } from './made-hospital.ts';

const clean = madeRows();
const check = async (bytes: Uint8Array, name = 'here.csv'): Promise<CheckedRows> => {
  const input = { files: [{ name, bytes }], splitCsv: null, exclusions: null };
  const seen = await checkRows(SPOILED_PLAN, 'here', { ...input, mapping: null });
  return checkRows(SPOILED_PLAN, 'here', { ...input, mapping: sureMapping(seen.proposal) });
};
const checkOf = ({ checks }: CheckedRows, id: string) => checks.find((entry) => entry.id === id);
const sameAsClean = ({ table }: CheckedRows) => {
  for (const { name } of SPOILED_PLAN.features)
    expect(Array.from(table.values.get(name) ?? []), name).toEqual(clean.map((row) => Number(row[name])));
  expect(Array.from(table.outcome)).toEqual(clean.map(({ died }) => Number(died)));
};
const text = (rows: readonly MadeRow[], delimiter = ',') => new TextDecoder().decode(csvOf(rows, delimiter));

/** Names and code words by language; every other name stays the plan's. */
const EXPORTS: [string, string, Record<string, string>, Record<string, readonly string[]>][] = [
  [
    'Czech',
    'windows-1250',
    {
      age: 'věk',
      sbp: 'systolický tlak',
      chol: 'celkový cholesterol',
      weight: 'hmotnost',
      height: 'výška',
      smoker: 'kouření',
      diabetes: 'cukrovka',
      died: 'úmrtí',
    },
    { sex: ['žena', 'muž'], smoker: ['nikdy', 'bývalý', 'současný'], diabetes: ['ne', 'ano'], died: ['ne', 'ano'] },
  ],
  [
    'Polish',
    'windows-1250',
    {
      age: 'wiek',
      sbp: 'ciśnienie skurczowe',
      chol: 'cholesterol całkowity',
      weight: 'masa ciała',
      height: 'wzrost',
      smoker: 'palenie',
      diabetes: 'cukrzyca',
      died: 'zgon',
    },
    { sex: ['kobieta', 'mężczyzna'], smoker: ['nigdy', 'były palacz', 'palący'], diabetes: ['nie', 'tak'], died: ['żyje', 'zmarł'] },
  ],
  [
    'French',
    'windows-1252',
    {
      age: 'âge',
      sbp: 'PA systolique',
      chol: 'cholestérol total',
      weight: 'poids',
      height: 'taille',
      smoker: 'tabac',
      diabetes: 'diabète',
      died: 'décès',
    },
    { sex: ['F', 'H'], smoker: ['jamais', 'ancien', 'actuel'], diabetes: ['non', 'oui'], died: ['vivant', 'décédé'] },
  ],
  [
    'German',
    'windows-1252',
    {
      age: 'Alter',
      sbp: 'RR systolisch',
      chol: 'Gesamtcholesterin',
      weight: 'Gewicht',
      height: 'Größe',
      smoker: 'Raucher',
      diabetes: 'Diabetes',
      died: 'verstorben',
    },
    { sex: ['weiblich', 'männlich'], smoker: ['nie', 'ehemals', 'aktuell'], diabetes: ['nein', 'ja'], died: ['lebt', 'verstorben'] },
  ],
];

describe('an export in another language, 8-bit, semicolons, decimal commas', () => {
  it.each(EXPORTS)('%s is read without a mapping, equal in every cell', async (_language, encoding, names, words) => {
    const rows = clean.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [
          names[name] ?? name,
          words[name]?.[Number(cell)] ?? (name === 'patient_id' ? cell : cell.replace('.', ',')),
        ]),
      ),
    );
    const checked = await check(encodeAs(text(rows, ';'), encoding));
    expect(checked.raw.encoding).toBe(encoding);
    expect(checked.isReady).toBe(true);
    sameAsClean(checked);
  });

  it('takes German words and Czech names in one Windows-1252 file for no Greek', async () => {
    const rows = clean.map((row, at) => ({
      ...row,
      name: at % 2 ? 'Eva Nováková' : 'Jana Svobodová',
      street: 'Hauptstraße 5',
      text: 'unauffällig',
    }));
    expect((await check(encodeAs(text(rows), 'windows-1252'))).raw.encoding).toBe('windows-1252');
  });

  it('takes °C and µmol alone for what they are', async () => {
    const rows = clean.map((row) => ({ ...row, units: '°C', more: 'µmol' }));
    expect((await check(encodeAs(text(rows), 'windows-1252'))).raw.encoding).toBe('windows-1252');
  });
});

describe('cells as programs write them', () => {
  it('reads a minus behind the number', async () => {
    const rows = withColumn(clean, 'oldpeak', (cell) => (cell.startsWith('-') ? `${cell.slice(1)}-` : cell));
    sameAsClean(await check(csvOf(rows)));
  });

  it.each(['.A', '._', 'b.d.', 'neuvedeno', 'nicht gemessen'])('takes %s for missing and says how often it stands', async (word) => {
    const checked = await check(csvOf(withColumn(clean, 'chol', (cell, at) => (at % 12 === 0 ? word : cell))));
    expect(checked.table.rejected).toEqual([]);
    expect(checkOf(checked, 'missing:chol')?.text).toContain(`"${word}" 10 times`);
    expect(checkOf(checked, 'missing:chol')?.rows).toEqual(clean.flatMap((_, at) => (at % 12 === 0 ? [at + 1] : [])));
  });

  it.each([
    [' = ', '', ''],
    [' ', '(', ')'],
    [': ', '', ''],
  ])('tells a code beside its label, put apart by "%s"', async (between, open, close) => {
    const words: Record<string, readonly string[]> = { sex: ['female', 'male'], smoker: ['never', 'former', 'current'] };
    const rows = clean.map((row) => ({
      ...row,
      ...Object.fromEntries(
        Object.entries(words).map(([name, list]) => [name, `${open}${row[name]}${close}${between}${list[Number(row[name])]}`]),
      ),
    }));
    sameAsClean(await check(csvOf(rows)));
  });

  it('takes a code beside the label of another for neither', async () => {
    const checked = await check(csvOf(withColumn(clean, 'sex', (cell, at) => (at === 2 ? '1 = female' : cell))));
    expect(checked.table.rejected.map(({ row, column }) => [row, column])).toEqual([[3, 'sex']]);
  });

  it('reads a file that is filled up with NUL to the end of its block', async () => {
    const bytes = csvOf(clean);
    const filled = new Uint8Array(bytes.length * 3);
    filled.set(bytes);
    sameAsClean(await check(filled));
  });

  it('names a broken line of NDJSON among the dropped rows, and numbers the others as the file does', async () => {
    const lines = clean.map((row) => JSON.stringify(row));
    lines[4] = lines[4]!.slice(0, 40);
    const { raw, checks } = await check(new TextEncoder().encode(lines.join('\n')), 'here.ndjson');
    expect(raw.dropped.map(({ row, line, reason }) => ({ row, line, reason }))).toEqual([
      { row: 5, line: 5, reason: 'Line 5 is not JSON.' },
    ]);
    expect(Array.from(raw.rowNumber.subarray(0, 6))).toEqual([1, 2, 3, 4, 6, 7]);
    expect(checks.find(({ id }) => id === 'dropped-rows')?.rows).toEqual([5]);
  });
});

describe('what must not be decided in silence', () => {
  it('asks which of two columns with one name is meant', async () => {
    const bytes = new TextEncoder().encode(
      text(clean.map((row) => ({ ...row, again: String(Number(row.chol) + 1) }))).replace('again', 'chol'),
    );
    const { proposal } = await checkRows(SPOILED_PLAN, 'here', {
      files: [{ name: 'here.csv', bytes }],
      splitCsv: null,
      mapping: { ...emptyMapping('spoiled'), features: { chol: { notCollected: true } }, patientId: 'patient_id' },
      exclusions: null,
    });
    expect(proposal.features.find(({ name }) => name === 'chol')?.isSure).toBe(false);
    expect(sureMapping(proposal).features.chol).toBeUndefined();
  });

  it.each(['9', '-9', '99'])('stops a code %s in the outcome that the rule would count as no event', async (code) => {
    const checked = await check(csvOf(withColumn(clean, 'died', (cell, at) => (at < 4 ? code : cell))));
    expect(checkOf(checked, 'missing-code:died')).toMatchObject({ status: 'fail', rows: [1, 2, 3, 4] });
    expect(checked.isReady).toBe(false);
  });

  it('points at a third value beside == 1, and says nothing of two', async () => {
    const third = await check(csvOf(withColumn(clean, 'died', (cell, at) => (at === 6 ? '2' : cell))));
    expect(checkOf(third, 'codes:died')).toMatchObject({ status: 'warn', rows: [7] });
    const plain = await check(csvOf(clean));
    expect(plain.checks.filter(({ id }) => id.endsWith(':died'))).toEqual([]);
  });

  it('keeps the code of the outcome out once the mapping says that it means missing', async () => {
    const bytes = csvOf(withColumn(clean, 'died', (cell, at) => (at < 4 ? '9' : cell)));
    const first = await check(bytes);
    const died = { column: 'died', unit: null, codes: [], missing: ['9'], until: null };
    const mapping = { ...first.mapping, outcome: { died } };
    const again = await checkRows(SPOILED_PLAN, 'here', {
      files: [{ name: 'here.csv', bytes }],
      splitCsv: null,
      mapping,
      exclusions: null,
    });
    expect(again.isReady).toBe(true);
    expect(Array.from(again.table.outcome.subarray(0, 4))).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });
});
