/**
 * The data dictionary of a study: what each feature and outcome is called, measured in, coded as and may be.
 * Part of the plan (learning.md §1); parsed once, with every default filled in.
 */
import { z } from 'zod';
import { codeKey } from './cells.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const EVENT = /^(.+?)\s*(>=|<=|==|!=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;

/** A column name as a hospital's file has it. */
export const columnName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1).max(200));

const code = z.union([z.string().max(100), z.number()]).transform((value) => codeKey(String(value)));
const label = z.union([z.string().max(200), z.number()]).transform(String);

const codes = z
  .union([
    z.array(z.strictObject({ code: code.describe('the code in the file'), label: label.describe('what the code means') })),
    z
      .record(z.string().max(100), label)
      .transform((map) => Object.entries(map).map(([key, text]) => ({ code: codeKey(key), label: text }))),
  ])
  .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'names one code twice')
  .describe('codes in the file and what they mean, the reference first; a mapping, or a list of { code, label }');

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

const numberFeature = z.strictObject({
  ...common,
  type: z.literal('number').describe('a measured quantity'),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, 'must be [low, high] with low below high')
    .describe("lowest and highest plausible value, in the feature's unit; values outside are treated as missing and reported"),
});

const binaryFeature = z.strictObject({
  ...common,
  type: z.literal('binary').describe('yes or no'),
  codes: codes
    .refine((list) => list.length === 2, 'must name exactly two codes')
    .optional()
    .describe('two codes, "no" first; default: 0 and 1'),
});

const categoryFeature = z.strictObject({
  ...common,
  type: z.literal('category').describe('one of several kinds'),
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

/** One entry of `outcomes`: an event, told from a column by a comparison. */
export const outcomeSchema = z.strictObject({
  name: z.string().max(64).regex(NAME, 'must begin with a letter and hold only letters, digits, "_", "." and "-"').describe('short name'),
  task: z.literal('binary').describe('what is predicted: whether an event happened'),
  column: columnName.describe("column of the hospital's file"),
  positive: z
    .string()
    .max(260)
    .regex(EVENT, 'must be: column, one of > >= < <= == !=, number; for example "num > 0"')
    .describe('when the event happened, for example "num > 0"'),
  role: z.enum(['primary', 'harm']).default('primary').describe('primary outcome, or a harm'),
});

/** Defaults filled: `label` and `column` are there, codes are an ordered list. */
export type Feature = z.output<typeof featureSchema>;
export type Outcome = z.output<typeof outcomeSchema>;

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

export interface EventRule {
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/**
 * Reads an outcome's `positive`.
 *
 * @param positive - For example `num > 0`.
 * @returns Its parts.
 * @throws RangeError if it has not that form; a parsed plan always has.
 * @example parseEventRule('num > 0') // { column: "num", comparison: ">", value: 0 }
 */
export function parseEventRule(positive: string): EventRule {
  const match = EVENT.exec(positive.trim());
  if (!match) throw new RangeError(`parseEventRule: expected "column > number", got "${positive}"`);
  return { column: match[1]!.normalize('NFC').trim(), comparison: match[2] as Comparison, value: Number(match[3]) };
}

/** Whether `value` satisfies the rule. */
export function isEvent(rule: EventRule, value: number): boolean {
  switch (rule.comparison) {
    case '>':
      return value > rule.value;
    case '>=':
      return value >= rule.value;
    case '<':
      return value < rule.value;
    case '<=':
      return value <= rule.value;
    case '==':
      return value === rule.value;
    case '!=':
      return value !== rule.value;
  }
}
