/**
 * The data dictionary of a study: what each feature is called, measured in, coded as and may be.
 * Part of the plan (learning.md §1); parsed once, with every default filled in.
 */
import { z } from 'zod';
import { codeSourceSchema, numberSourceSchema } from './effect-source.ts';
import { codeSchema as code, codesSchema as codes, columnName, NAME } from './names.ts';

const common = {
  name: z
    .string()
    .max(64)
    .regex(NAME, 'must begin with a letter and hold only letters, digits, "_", "." and "-"')
    .describe('short name, unique in the plan'),
  label: z.string().max(200).optional().describe('name in words; default: the name'),
  column: columnName.optional().describe("column of the hospital's file; default: the name"),
  unit: z.string().max(40).optional().describe('unit in UCUM, such as mm[Hg]'),
  missing: z
    .array(code)
    .max(50)
    .default([])
    .describe('codes that mean "missing", besides an empty cell, ?, NA, N/A, NaN, null and a lone point'),
  required: z.boolean().default(false).describe('whether a row without this feature is refused'),
  modifiable: z.boolean().default(false).describe('whether a person could change it'),
};

const SOURCE = 'the trial that says what a change does, for "what if"; default: none, and no page says what a change would do';

const numberFeature = z.strictObject({
  ...common,
  type: z.literal('number').describe('a measured quantity'),
  effectSource: numberSourceSchema.optional().describe(SOURCE),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, 'must be [low, high] with low below high')
    .describe("lowest and highest plausible value, in the feature's unit; values outside are treated as missing and reported"),
  spline: z
    .union([z.boolean(), z.array(z.number()).min(3).max(7)])
    .optional()
    .describe(
      'true: a restricted cubic spline with knots at the 5th, 35th, 65th and 95th percentile of all training values; or 3 to 7 rising knots in the unit; default: a straight line',
    ),
});

const binaryFeature = z.strictObject({
  ...common,
  type: z.literal('binary').describe('yes or no'),
  effectSource: codeSourceSchema.optional().describe(SOURCE),
  codes: codes
    .refine((list) => list.length === 2, 'must name exactly two codes')
    .optional()
    .describe('two codes, "no" first; default: 0 and 1'),
});

const categoryFeature = z.strictObject({
  ...common,
  type: z.literal('category').describe('one of several kinds'),
  effectSource: codeSourceSchema.optional().describe(SOURCE),
  codes: codes.refine((list) => list.length >= 2 && list.length <= 64, 'must name 2 to 64 codes'),
});

const YES_NO = [
  { code: '0', label: 'no' },
  { code: '1', label: 'yes' },
];

/** One entry of `features`. Parsing fills `label`, `column` and the codes of a binary feature; parsing again changes nothing. */
export const featureSchema = z.discriminatedUnion('type', [numberFeature, binaryFeature, categoryFeature]).transform((feature) => {
  const named = { label: feature.name, column: feature.name };
  if (feature.type === 'number') return { ...named, ...feature };
  if (feature.type === 'binary') return { ...named, codes: YES_NO, ...feature };
  return { ...named, ...feature };
});

/** Defaults filled: `label` and `column` are there, codes are an ordered list. */
export type Feature = z.output<typeof featureSchema>;
