/**
 * What a hospital's files are, and how one row per patient is made of them: a table, a REDCap export, FHIR resources or OMOP tables. A
 * declarative mapping, never code; every hospital follows the same one.
 */
import { z } from 'zod';
import { RECORD_KINDS, type RowSource, TAKES } from '../reading/index.ts';
import { columnName } from '../schema/index.ts';

const text = z.string().min(1).max(300);
const codes = z
  .union([text, z.number().transform(String), z.array(z.union([text, z.number().transform(String)])).max(500)])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const iso = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2020-01-31');
const day = z.number().int().min(-50_000).max(50_000);

const from = z
  .enum(RECORD_KINDS)
  .describe('kind of record; measurement, drug and visit are other words for observation, medication and encounter');
const selection = {
  code: codes.default([]).describe('codes, any of which the record has: LOINC, SNOMED CT, RxNorm, an OMOP concept id or source value'),
  display: codes.default([]).describe('names of codes, as the record or its vocabulary writes them'),
  system: text.nullable().default(null).describe('code system (FHIR) or vocabulary (OMOP); null: any'),
};

const column = z
  .strictObject({
    name: columnName.describe('name of the column in the table that is made'),
    from,
    ...selection,
    component: text.nullable().default(null).describe('code of the component with the value, as in a blood pressure'),
    field: text
      .optional()
      .describe(
        'what is taken: value, code, display, date, unit, age, deceased, or a path of the resource or a column of the table; default: value',
      ),
    take: z
      .enum(TAKES)
      .optional()
      .describe(
        'first, last, mean, min, max, any (1 or 0), count, days (from time zero to the first) or value (the only one); default: value for a patient, any for a death, else last',
      ),
    window: z
      .strictObject({
        from: day.nullable().default(null).describe('first day, counted from time zero; negative: before it'),
        to: day.nullable().default(null).describe('last day, counted from time zero'),
      })
      .refine(({ from: first, to: last }) => first === null || last === null || first <= last, 'must not end before it begins')
      .nullable()
      .default(null)
      .describe('days around time zero in which records count, both ends included; null: all'),
    unit: text.nullable().default(null).describe('only values in this unit; null: any'),
  })
  .transform(({ code, display, field, take, ...rest }) => ({
    ...rest,
    code,
    display,
    field: field ?? 'value',
    take: take ?? (rest.from === 'patient' ? ('value' as const) : rest.from === 'death' ? ('any' as const) : ('last' as const)),
  }));

const timeZero = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('date').describe('one day for all patients'), date: iso.describe('that day') }),
    z.strictObject({ by: z.literal('field').describe('a date of the patient'), field: text.describe('its path or column') }),
    z.strictObject({
      by: z.literal('record').describe('the date of a record'),
      from,
      ...selection,
      take: z.enum(['first', 'last']).default('first').describe('the first or the last of them'),
    }),
  ])
  .nullable()
  .default(null)
  .describe('the day from which windows are counted; patients without one are left out, with notice; null: none is needed');

const columns = z
  .array(column)
  .min(1)
  .max(1000)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'names one column twice')
  .describe('the columns of the table, one row per patient');

const redcapColumn = z.strictObject({
  name: columnName.describe('name of the column in the table that is made'),
  field: columnName.describe('variable of the export'),
  event: text.optional().describe('event, by name or label, or first or last; default: that of the source'),
  take: z
    .enum(['first', 'last', 'mean', 'min', 'max', 'any', 'count'])
    .optional()
    .describe('of repeated instances; default: that of the source'),
});

export const sourceSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('table').describe('one file with one row per patient or visit: CSV, Excel, Parquet or JSON') }),
    z.strictObject({
      kind: z.literal('redcap').describe('a REDCap export, raw or labels, with events and repeating instruments'),
      record: columnName.nullable().default(null).describe('variable with the record id; null: the first'),
      event: text.default('first').describe('event whose values are taken: a name, a label, first or last'),
      take: z.enum(['first', 'last', 'mean', 'min', 'max', 'any', 'count']).default('last').describe('which of repeated instances counts'),
      columns: z.array(redcapColumn).max(1000).default([]).describe('columns that need another rule; every other variable keeps its name'),
    }),
    z.strictObject({ kind: z.literal('fhir').describe('FHIR R4: bundles, or bulk files with one resource a line'), timeZero, columns }),
    z.strictObject({ kind: z.literal('omop').describe('OMOP common data model 5.4: CSV tables'), timeZero, columns }),
  ])
  .prefault({ kind: 'table' });

export type PlanSource = z.output<typeof sourceSchema>;

/** The source as the reader of files takes it. */
export function rowSource(source: PlanSource): RowSource {
  if (source.kind === 'table' || source.kind === 'redcap') return source;
  const { timeZero: zero } = source;
  return {
    kind: source.kind,
    timeZero: zero?.by === 'record' ? { ...zero, codes: zero.code, displays: zero.display } : zero,
    columns: source.columns.map((entry) => ({ ...entry, codes: entry.code, displays: entry.display })),
  };
}
