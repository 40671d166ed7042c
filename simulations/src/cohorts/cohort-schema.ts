/**
 * A made-up cohort with a known truth as data: who comes, what decides the outcome, how the hospitals differ and what goes wrong in their
 * files. One YAML file each; ready ones are in simulations/cohorts.
 */
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/)
  .describe('name of a column: letters, digits and _');
const chance = z.number().min(0).max(1);
/** Keys are terms: `age`, `smoker=2`, `age*age`, `age*male`. A number counts in its declared standard deviations from its declared mean. */
const terms = z.record(z.string(), z.number().min(-20).max(20)).default({});

const feature = z.discriminatedUnion('type', [
  z.strictObject({
    name,
    type: z.literal('number').describe('normal around a mean'),
    unit: z.string().max(32).optional().describe('UCUM'),
    mean: z.number(),
    sd: z.number().gt(0).describe('standard deviation'),
    isLogNormal: z.boolean().default(false).describe('the logarithm is normal; mean and sd stay those of the value'),
    range: z.tuple([z.number(), z.number()]).describe('plausible values; others are moved to its ends'),
    digits: z.int().min(0).max(6).default(0).describe('decimals in the files'),
  }),
  z.strictObject({ name, type: z.literal('binary').describe('0 or 1'), share: chance.describe('share of 1') }),
  z.strictObject({
    name,
    type: z.literal('category').describe('one of several codes'),
    codes: z.record(z.string(), z.string()).describe('code: what it means; the first is the reference'),
    shares: z.array(chance).min(2).max(20).describe('share of each code; they add up to 1'),
  }),
]);

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('risk').describe('happens or not, by a logistic model'),
    name,
    share: z.number().gt(0).lt(1).describe('risk of a patient all of whose terms are 0, at an average hospital'),
    terms: terms.describe('log odds a term'),
  }),
  z.strictObject({
    kind: z
      .literal('hazard')
      .describe('happens at some time, by a Weibull model with proportional hazards; followed until a day drawn evenly'),
    name,
    median: z.number().gt(0).max(1e5).describe('median days of a patient all of whose terms are 0, at an average hospital'),
    shape: z.number().gt(0.1).max(10).default(1).describe('1: constant hazard; above: rising; below: falling'),
    terms: terms.describe('log hazard a term'),
    followUp: z.tuple([z.number().min(0), z.number().gt(0)]).describe('first and last day on which observation can end'),
    horizon: z.int().min(1).max(36500).describe('day up to which risks are told'),
  }),
]);

export const cohortSchema = z.strictObject({
  cohort: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/)
    .describe('short name; the study gets it'),
  title: z.string().min(1).max(200),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1)
    .describe('another seed gives other patients of the same truth'),
  sites: z.strictObject({
    count: z.int().min(1).max(10_000).describe('how many hospitals'),
    patients: z.int().min(1).max(1_000_000).describe('patients of a typical hospital'),
    spread: z.number().min(0).max(3).default(0).describe('spread of the log of the sizes'),
  }),
  features: z.array(feature).min(1).max(500),
  together: z.number().min(0).max(0.95).default(0).describe('share of the spread that all features of a patient have in common'),
  outcome,
  treatment: z
    .strictObject({
      name,
      share: z.number().gt(0).lt(1).default(0.5).describe('share of the patients that get it, at terms 0'),
      choice: terms.describe('log odds of getting it a term; none: a randomised trial'),
      effect: z.number().min(-10).max(10).describe('log odds ratio of a patient all of whose terms are 0'),
      interactions: terms.describe('added to the log odds ratio a term'),
    })
    .optional()
    .describe('a treatment and what it truly does; outcomes of kind risk only'),
  shift: z
    .strictObject({
      level: z.number().min(0).max(5).default(0).describe('spread of the hospitals’ own log odds or log hazard'),
      features: z.number().min(0).max(5).default(0).describe('spread of the hospitals’ own means, in standard deviations of the feature'),
    })
    .prefault({})
    .describe('how the hospitals differ'),
  missing: z
    .strictObject({
      rate: z.number().min(0).lt(1).default(0).describe('share of empty cells of every feature at a typical hospital'),
      sd: z.number().min(0).max(5).default(0).describe('spread of its log odds over hospitals and features'),
    })
    .prefault({})
    .describe('values that nobody wrote down, whatever they were'),
  unitErrors: z
    .array(
      z.strictObject({
        feature: name,
        factor: z.number().gt(0).max(1e6).describe('what the numbers are multiplied by'),
        sites: z.int().min(1).max(10_000).default(1).describe('how many hospitals do'),
      }),
    )
    .max(20)
    .default([])
    .describe('hospitals that write a feature in another unit than they say'),
});

export type CohortFile = z.output<typeof cohortSchema>;
export type CohortFeature = CohortFile['features'][number];
