/**
 * The trial that says what a change of a feature does to the outcome: the only ground on which a page may answer "what if" (learning.md §5). A model's
 * own coefficient is none.
 */
import { z } from 'zod';
import { codeSchema } from './names.ts';

const words = (what: string) => z.string().min(1).max(500).describe(what);

const declared = {
  trial: words('the trial or meta-analysis, with its year and where it is published'),
  change: words('what was changed, in words that can follow "with", such as "a year without smoking"'),
  measure: z
    .enum(['risk-ratio', 'odds-ratio', 'hazard-ratio'])
    .describe('what the ratio multiplies: the risk, its odds, or the hazard of a time to an event'),
  ratio: z.number().gt(0).lt(100).describe('effect of the change on the primary outcome'),
  interval: z
    .tuple([z.number().gt(0), z.number().gt(0)])
    .refine(([low, high]) => low < high, 'must be [low, high] with low below high')
    .describe('95 % interval of the ratio'),
  harms: z.string().min(1).max(1000).nullable().default(null).describe('harms of the change in the trial, in words; null: not given'),
};

/** Of a number: the values of patients whom the trial speaks of. */
export const numberSourceSchema = z.strictObject({
  ...declared,
  between: z.tuple([z.number(), z.number()]).describe("lowest and highest value of those who could make the change, in the feature's unit"),
});

/** Of a code: the codes of patients whom the trial speaks of. */
export const codeSourceSchema = z.strictObject({
  ...declared,
  codes: z.array(codeSchema).min(1).max(64).describe('codes of those who could make the change'),
});

export type EffectSource = z.output<typeof numberSourceSchema> | z.output<typeof codeSourceSchema>;
