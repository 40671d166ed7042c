/** How a plan divides rows into training, validation and test. */
import { z } from 'zod';
import { columnName } from '../schema/index.ts';
import { planSeed } from './plan-seed.ts';

const testShare = z.number().min(0).max(0.8).default(0.2).describe('share of patients kept for the one final test');
const validationShare = z.number().min(0).max(0.8).default(0.1).describe('share of patients kept for choosing between models');
const splitSeed = planSeed.default(1).describe('another seed gives another division');

const isoDate = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'must be a date such as 2020-01-31');

const splitFile = z.strictObject({
  file: z
    .string()
    .max(200)
    .regex(/^[^./\\][^/\\]*$/, 'must be a file name without folders')
    .describe('name of the CSV that says which row is in which part'),
  keys: z
    .strictObject({
      site: columnName.optional().describe('its column with the site; may be left out where patients are named and no id stands for two'),
      row: columnName.optional().describe('its column with the 1-based data row'),
      patientId: columnName.optional().describe("its column with the patient id, named as in the hospital's file"),
      set: columnName.describe('its column with train, validation, test or excluded'),
    })
    .describe('columns of the split file; exactly one of row and patientId'),
});

export const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('patient-id').describe('all rows of a patient go to the same part, at every site'),
    patientId: columnName.describe('column with the patient id; it is hashed in the browser and never sent'),
    test: testShare,
    validation: validationShare,
    seed: splitSeed,
  }),
  z.strictObject({
    by: z.literal('row').describe('by row number; only where every row is another patient'),
    test: testShare,
    validation: validationShare,
    seed: splitSeed,
  }),
  z.strictObject({
    by: z.literal('column').describe('by a column that says train, validation, test or excluded'),
    column: columnName.describe('that column'),
  }),
  z.strictObject({
    by: z.literal('time').describe('by a date: patients up to a day train, later ones test'),
    column: columnName.describe('column with the date, such as that of admission'),
    test: isoDate.describe('the first day of the test; a patient with rows before and after it belongs to the test'),
    validation: isoDate.nullable().default(null).describe('the first day of validation, before that of the test; null: none'),
    patientId: columnName.nullable().default(null).describe('column with the patient id; null: every row is another patient'),
  }),
  z.strictObject({
    by: z.literal('site').describe('whole hospitals are kept for the test'),
    test: z.array(z.string().min(1).max(200)).min(1).max(200).describe('those hospitals, by the names they have in the study'),
    validation: validationShare,
    patientId: columnName.describe('column with the patient id; it is hashed in the browser and never sent'),
    seed: splitSeed,
  }),
  z.strictObject({
    by: z.literal('file').describe('by a file that names the part of each row'),
    file: splitFile.describe('that file and its columns'),
  }),
]);
