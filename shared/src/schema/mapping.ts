/**
 * How one hospital's file answers a plan's dictionary: which column is which feature, in which unit and codes it is written. Plain JSON
 * without a patient in it, so that it can be saved and used for the next export.
 */
import { z } from 'zod';
import { codeKey } from './cells.ts';
import { columnName } from './names.ts';

const text = z.string().max(100);
const code = z.union([z.string().max(100), z.number()]).transform((value) => codeKey(String(value)));

const columnMapping = z.strictObject({
  column: columnName.describe('column of the file'),
  unit: z.string().max(40).nullable().default(null).describe("unit of the file's numbers in UCUM; null: the plan's unit"),
  codes: z
    .array(z.strictObject({ from: text.describe('text in the file'), to: code.describe("the plan's code") }))
    .max(500)
    .default([])
    .describe("the file's codes where they differ from the plan's"),
  missing: z.array(code).max(50).default([]).describe("codes that mean missing in this file, besides the plan's"),
  until: columnName
    .nullable()
    .default(null)
    .describe('the column holds a date; the value is the time from it until the date in this column'),
});

const featureMapping = z.union([z.strictObject({ notCollected: z.literal(true) }), columnMapping]);

const name = z.string().max(260);

export const mappingSchema = z.strictObject({
  mapping: z.literal(1).describe('version of this form'),
  study: z.string().max(64).describe('the study it was made for'),
  decimal: z.enum(['.', ',']).nullable().default(null).describe('decimal mark chosen by a person; null: as found'),
  dates: z.enum(['ymd', 'dmy', 'mdy']).nullable().default(null).describe('order of day and month in dates; null: as found'),
  features: z
    .record(name, featureMapping)
    .default({})
    .describe('by name of the feature; one left out is looked for under its own column name'),
  outcome: z.record(name, columnMapping).default({}).describe("by the plan's outcome column"),
  treatment: columnMapping.nullable().default(null).describe('column of the treatment, if the plan has one'),
  patientId: columnName.nullable().default(null).describe('column that tells patients apart'),
  split: columnName.nullable().default(null).describe('column with the part of each row'),
  conflicts: z
    .enum(['first', 'last', 'none'])
    .nullable()
    .default(null)
    .describe('rows of one patient that contradict each other: the first counts, the last, or none of them; null: all are kept'),
  accepted: z.array(z.string().max(200)).max(500).default([]).describe('ids of failed checks that a person looked at and found right'),
});

/** A saved mapping, every default filled in. */
export type Mapping = z.output<typeof mappingSchema>;
export type ColumnMapping = z.output<typeof columnMapping>;
export type FeatureMapping = z.output<typeof featureMapping>;

/** Whether the feature is said not to be collected at this hospital. */
export function isNotCollected(entry: FeatureMapping | undefined): entry is { notCollected: true } {
  return entry !== undefined && 'notCollected' in entry;
}

/** A mapping that changes nothing: every column under the plan's own name, units and codes. */
export function emptyMapping(study: string): Mapping {
  return mappingSchema.parse({ mapping: 1, study });
}

/** The entry for a column that is taken as the plan has it. */
export function plainColumn(column: string): ColumnMapping {
  return { column, unit: null, codes: [], missing: [], until: null };
}

/** A mapping is not of its form. `message` names the first key that is wrong. */
export class MappingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MappingError';
  }
}

/**
 * Reads a saved mapping.
 *
 * @param value - Parsed JSON.
 * @throws MappingError naming the key that is not of the form.
 */
export function parseMapping(value: unknown): Mapping {
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue?.path.map(String).join('.') ?? '';
  throw new MappingError(
    `This is not a mapping of this program: ${key === '' ? 'the whole file' : `"${key}"`} ${issue?.message ?? 'is wrong'}.`,
  );
}
