/** Columns that say who a patient is: found by name and by content, never matched, never in any text; and clinical columns that look a little like them. */
import { existsSync, readFileSync } from 'node:fs';
import { checkRows } from '@consilium/shared/federation';
import { readCsv } from '@consilium/shared/reading';
import { type IdentifierKind, identifierOf, proposeMapping, sampleOf, showableText } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, type MadeRow, made, madeRows, SPOILED_PLAN } from './made-hospital.ts';

const pad = (value: number, length: number) => String(value).padStart(length, '0');
const numbered = (make: (at: number) => string) => Array.from({ length: 60 }, (_, at) => make(at));
const FIRST = ['Anna', 'Piotr', 'Jürgen', 'María', 'Giulia', 'Sarah', 'Łukasz', 'Björn', 'Chloé', 'Andrzej', 'Katarzyna', 'Thomas'];
const LAST = ['Kowalska', 'Müller', 'García', 'Rossi', 'Smith', 'Nowak', 'Dubois', 'Żółty', "O'Brien", 'Schmidt-Lang', 'Wiśniewska'];
const pick = (list: readonly string[], at: number) => list[at % list.length] ?? '';
const date = (at: number, order: 'dmy' | 'ymd' | 'mdy') => {
  const [year, month, day] = [1930 + ((at * 7) % 65), 1 + ((at * 5) % 12), 1 + ((at * 11) % 28)];
  if (order === 'ymd') return `${year}-${pad(month, 2)}-${pad(day, 2)}`;
  return order === 'dmy' ? `${pad(day, 2)}.${pad(month, 2)}.${year}` : `${month}/${day}/${year}`;
};
const weighted = (digits: string, weights: readonly number[]) => weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
const pesel = (at: number) => {
  const start = `${pad((40 + at) % 100, 2)}${pad(1 + (at % 12), 2)}${pad(1 + (at % 28), 2)}${pad((at * 37) % 10_000, 4)}`;
  return start + ((10 - (weighted(start, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
};
const nhs = (at: number): string => {
  const start = pad(400_000_000 + at * 77_777, 9);
  const check = 11 - (weighted(start, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return check === 10 ? nhs(at + 1000) : `${start.slice(0, 3)} ${start.slice(3, 6)} ${start.slice(6)}${check === 11 ? 0 : check}`;
};
const iban = (at: number) => {
  const account = pad(370_400_440_532_013_000 + at * 9973, 18);
  let rest = 0;
  for (const digit of `${account}131400`) rest = (rest * 10 + Number(digit)) % 97; // DE00 behind the account
  return `DE${pad(98 - rest, 2)}${account}`;
};

/** Under a name that says so, and under one that says nothing. */
const COLUMNS: [IdentifierKind, string, string[]][] = [
  ['name', 'Nachname', numbered((at) => pick(LAST, at))],
  ['name', 'pat_vorname', numbered((at) => pick(FIRST, at))],
  ['name', 'imie_i_nazwisko', numbered((at) => `${pick(FIRST, at)} ${pick(LAST, at)}`)],
  ['name', 'x1', numbered((at) => `${pick(FIRST, at)} ${pick(LAST, at * 3)}`)],
  ['name', 'x2', numbered((at) => `${pick(LAST, at)}, ${pick(FIRST, at * 5)}`)],
  ['name', 'x3', numbered((at) => pick(FIRST, at))],
  ['email', 'x4', numbered((at) => `patient${at}@example.org`)],
  ['email', 'E-Mail', numbered((at) => (at % 3 === 0 ? `p${at}@example.org` : ''))],
  ['phone', 'Telefon privat', numbered((at) => `0171 ${pad(1_234_567 + at, 7)}`)],
  ['phone', 'x5', numbered((at) => `+49 (0)30 ${pad(901_820 + at * 13, 6)}`)],
  ['phone', 'x6', numbered((at) => `${pad(201 + at, 3)}-555-${pad(at * 7, 4)}`)],
  ['address', 'Anschrift', numbered((at) => `Hauptstraße ${at + 1}, Musterstadt`)],
  ['address', 'x7', numbered((at) => `${at + 10} Elm Street, Springfield`)],
  ['address', 'x8', numbered((at) => `ul. Długa ${at + 1}/4`)],
  ['postcode', 'PLZ', numbered((at) => pad(10_115 + at * 13, 5))],
  ['postcode', 'x9', numbered((at) => `SW${1 + (at % 9)}A ${at % 10}A${String.fromCharCode(65 + (at % 20))}`)],
  ['postcode', 'x10', numbered((at) => `${pad(at, 2)}-${pad(100 + at, 3)}`)],
  ['birth-date', 'Geburtsdatum', numbered((at) => date(at, 'dmy'))],
  ['birth-date', 'DOB', numbered((at) => date(at, 'mdy'))],
  ['birth-date', 'data urodzenia', numbered((at) => date(at, 'ymd'))],
  ['birth-date', 'x11', numbered((at) => date(at, 'ymd'))],
  ['national-id', 'x12', numbered(pesel)],
  ['national-id', 'x13', numbered(nhs)],
  ['national-id', 'x14', numbered((at) => `${pad(123 + at, 3)}-${pad(1 + at, 2)}-${pad(4000 + at, 4)}`)],
  ['national-id', 'SSN', numbered((at) => pad(123_456_789 + at, 9))],
  ['bank-account', 'x15', numbered(iban)],
  ['record-number', 'MRN', numbered((at) => String(5_000_123 + at * 17))],
  ['record-number', 'x16', numbered((at) => String(90_012_345 + at * 1719))],
  ['record-number', 'x17', numbered((at) => `KH-${pad(at * 7, 5)}-${at % 10}`)],
  ['record-number', 'x18', numbered((at) => `${pad(at * 7919, 8)}-aaaa-bbbb-cccc-${pad(at * 104_729, 12)}`)],
  ['free-text', 'Bemerkung', numbered((at) => `Patient klagt seit ${at} Tagen über Schmerzen`)],
  ['free-text', 'x19', numbered((at) => `seen in clinic ${at} days ago, reports less pain and sleeps better`)],
];

/** Found by their cells alone, whatever they are called. */
const TELLING = COLUMNS.filter(([kind, , cells]) => kind !== 'record-number' && identifierOf('x', sampleOf(cells)) !== null);

describe('a column that identifies patients', () => {
  it.each(COLUMNS)('%s is found in "%s"', (kind, column, cells) => {
    expect(identifierOf(column, sampleOf(cells))).toBe(kind);
  });

  it('is greyed in the proposal, matched to nothing, and leaves no content in any report', async () => {
    const rows = madeRows(60).map(
      (row, at): MadeRow => ({ ...row, ...Object.fromEntries(COLUMNS.map(([, name, cells]) => [name, cells[at] ?? ''])) }),
    );
    const checked = await checkRows(SPOILED_PLAN, 'here', { files: [{ name: 'a.csv', bytes: csvOf(rows) }], splitCsv: null });
    const found = new Map(checked.proposal.columns.map(({ column, identifier }) => [column, identifier]));
    for (const [kind, column] of COLUMNS) expect(found.get(column), column).toBe(kind);
    const used = [...Object.values(checked.mapping.features), ...Object.values(checked.mapping.outcome)].flatMap((entry) =>
      'column' in entry ? [entry.column] : [],
    );
    for (const [, column] of COLUMNS) expect(used).not.toContain(column);
    const told = JSON.stringify([
      checked.checks,
      checked.proposal,
      checked.mapping,
      checked.table.rejected,
      [...checked.table.values],
      checked.split.dropped,
    ]);
    for (const [, , cells] of COLUMNS) for (const cell of cells.slice(0, 5)) if (cell.length > 5) expect(told).not.toContain(cell);
    for (const { patient_id } of rows) expect(told).not.toContain(`"${patient_id}"`);
  });

  it('is never matched to a feature, whatever it is called', () => {
    const names = fc.constantFrom(
      'age',
      'Alter',
      'cholesterol',
      'glucose',
      'chol (mg/dl)',
      'weight',
      'sbp',
      'sex',
      'smoker',
      'hba1c',
      'kreatinin',
    );
    fc.assert(
      fc.property(fc.constantFrom(...TELLING), names, ([, , cells], name) => {
        const rows = madeRows(60).map(
          (row, at): MadeRow => ({ patient_id: row.patient_id ?? '', died: row.died ?? '', [name]: cells[at] ?? '' }),
        );
        const { mapping } = proposeMapping(readCsv(csvOf(rows)), tableSpec(SPOILED_PLAN));
        expect(Object.values(mapping.features)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a refused cell', () => {
  it.each([
    'DE89370400440532013000',
    'GB82 WEST 1234 5698 7654 32',
    'RSSMRA85T10A562S',
    '12345678Z',
    '44051401359',
    '9434765919',
    '111222333',
    '255081416802538',
    '86095742719',
    '756.9217.0769.85',
    '529.982.247-25',
    '811218-9876',
    '078-05-1120',
    'anna@example.org',
    '+44 20 7946 0958',
    'Anna Kowalska',
    '12 Elm Street',
  ])('%s is not shown', (text) => {
    expect(showableText(text)).toMatch(/^\(hidden/);
  });

  it.each(['62.5', '1234', '-9', '140/90', 'typical angina', '2020-01-31', '< 0.3', 'neg', '> 90'])('%s is shown', (text) => {
    expect(showableText(text)).toBe(text);
  });

  it.each(['DE89370400440532013001', 'RSSMRA85T10A562T', '44051401358', '9434765918', '255081416802539'])(
    '%s has a wrong check digit',
    (text) => {
      expect(showableText(text)).toBe(text);
    },
  );
});

describe('a clinical column', () => {
  const { normal } = made(3);
  const INNOCENT: [string, string[]][] = [
    ['age', numbered((at) => String(30 + at))],
    ['num', numbered((at) => String(at % 5))],
    ['visit_date', numbered((at) => `2023-${pad(1 + (at % 12), 2)}-${pad(1 + (at % 28), 2)}`)],
    ['diagnosis date', numbered((at) => `${pad(1 + (at % 28), 2)}.${pad(1 + (at % 12), 2)}.${2010 + (at % 12)}`)],
    ['birth_weight', numbered((at) => String(2500 + at * 31))],
    ['platelets', numbered((at) => String(150_000 + at * 1009))],
    ['days', numbered((at) => String(at * 37))],
    ['creatinine', numbered(() => (1 + 0.2 * normal()).toFixed(6))],
    ['crp', numbered(() => String(Math.exp(normal())))],
    ['drug_name', numbered((at) => pick(['aspirin', 'metformin', 'ramipril'], at))],
    ['cp', numbered((at) => pick(['typical angina', 'atypical angina', 'non-anginal', 'asymptomatic'], at))],
    ['icd10', numbered((at) => pick(['I21.4', 'E11.9', 'I10', 'N18.3'], at))],
    ['smoking', numbered((at) => pick(['Never smoker', 'Former smoker', 'Current every day smoker'], at))],
    ['email_consent', numbered((at) => String(at % 2))],
    ['phone_followup', numbered((at) => pick(['yes', 'no'], at))],
    ['bp', numbered((at) => `${120 + (at % 40)}/${70 + (at % 20)}`)],
    ['time', numbered((at) => `${pad(at % 24, 2)}:${pad(at % 60, 2)}`)],
    ['stage', numbered((at) => pick(['IIA', 'IIB', 'III', 'IV'], at))],
    ['gestational age at birth', numbered((at) => String(24 + (at % 18)))],
    ['ward', numbered((at) => pick(['Cardiology', 'Surgery', 'Neurology'], at))],
  ];

  it.each(INNOCENT)('"%s" is no identifier', (column, cells) => {
    expect(identifierOf(column, sampleOf(cells))).toBeNull();
  });

  const heart = new URL('../../../shared/data/heart-disease/', import.meta.url);
  const isThere = existsSync(heart);
  if (!isThere) console.warn('identifier tests on the heart-disease files are skipped: ../shared/data/heart-disease is not there');
  it.skipIf(!isThere).each(['cleveland', 'hungarian', 'switzerland', 'va-long-beach'])(
    'of the heart-disease file of %s is never an identifier',
    (name) => {
      const raw = readCsv(readFileSync(new URL(`${name}.csv`, heart)));
      raw.columns.forEach((column, at) => {
        const cells = Array.from({ length: raw.rowCount }, (_, row) => raw.cell(row, at));
        expect(identifierOf(column, sampleOf(cells)), column).toBeNull();
      });
    },
  );
});
