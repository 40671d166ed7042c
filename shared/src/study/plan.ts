/**
 * The study plan: everything a study is, as data (learning.md §1). The simulator, the coordinator and every hospital
 * read the same file. Strict: an unknown key is an error. Every key but the few that make a study has a default.
 */
import { z } from 'zod';
import { featureSchema, outcomeSchema, type TableSpec } from '../schema/index.ts';
import { algorithmSchema } from './plan-algorithm.ts';
import { evaluationSchema } from './plan-evaluation.ts';
import { exactSchema } from './plan-exact.ts';
import { interactionsSchema } from './plan-interactions.ts';
import { modelSchema } from './plan-model.ts';
import { personalSchema } from './plan-personal.ts';
import { preprocessSchema } from './plan-preprocess.ts';
import { roundsSchema } from './plan-rounds.ts';
import { planSeed } from './plan-seed.ts';
import { sourceSchema } from './plan-source.ts';
import { splitSchema } from './plan-split.ts';
import { treatmentSchema } from './plan-treatment.ts';

export const planSchema = z.strictObject({
  study: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens')
    .describe('short name of the study'),
  title: z
    .string()
    .min(1)
    .max(160)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters or invisible ones')
    .describe('title in words'),
  purpose: z.string().min(1).max(2000).describe('what the study is for'),
  population: z.string().min(1).max(2000).describe('whose rows belong in it'),
  version: z.int().min(1).max(1_000_000).default(1).describe('rises with every change; each version is signed anew'),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')
    .nullable()
    .default(null)
    .describe('hash of the plan this version replaces; null: none. The console fills it in'),
  synthetic: z.boolean().default(false).describe('true only for a study on made-up patients'),
  outcomes: z.array(outcomeSchema).min(1).max(8).describe('what is predicted: one primary outcome, and harms'),
  features: z.array(featureSchema).min(1).max(500).describe('the data dictionary: what it is predicted from'),
  interactions: interactionsSchema,
  treatment: treatmentSchema.nullable().default(null).describe('the treatment whose effect is asked for; null: none'),
  source: sourceSchema.describe("what a hospital's files are, and how they become one row per patient"),
  preprocess: preprocessSchema.prefault({}).describe('what happens to values before training'),
  split: splitSchema.describe('which rows train, validate and test'),
  model: modelSchema.describe('what is fitted'),
  algorithm: algorithmSchema.describe('how it is fitted'),
  exact: exactSchema.prefault({}).describe('the ridge logistic regression that is always fitted beside a network'),
  personal: personalSchema,
  privacy: z
    .strictObject({
      kind: z.literal('none').describe('no noise is added; sums are masked, not private in the sense of differential privacy'),
    })
    .prefault({ kind: 'none' })
    .describe('noise; not in this release'),
  rounds: roundsSchema.prefault({}).describe('how many sites, and how long they are waited for'),
  evaluation: evaluationSchema.prefault({}).describe('how the result is judged'),
  seed: planSeed.default(1).describe('seed of the first weights and the order of rows'),
});

/** A parsed plan, every default filled in. Parsing it again gives the same plan. */
export type Plan = z.output<typeof planSchema>;

/**
 * What the schema check needs from a plan: features, the outcomes, and the columns that divide the rows.
 *
 * @param plan - A parsed plan; the rules of plan-rules.ts guarantee one primary outcome.
 */
export function tableSpec(plan: Plan): TableSpec {
  const patientColumn = patientColumnOf(plan);
  const splitColumn = splitColumnOf(plan);
  const dividing = [splitColumn, patientColumn].filter((column) => column !== null);
  const extraColumns = [...new Set([...dividing, ...(plan.treatment === null ? [] : [plan.treatment.column])])];
  const hasFrozenRows = plan.split.by === 'file' && plan.split.file.keys.row !== undefined;
  return {
    features: plan.features,
    outcome: primaryOutcome(plan),
    harms: harmOutcomes(plan),
    extraColumns,
    patientColumn,
    patientKey: patientKeyOf(plan),
    splitColumn,
    isSplitDate: plan.split.by === 'time',
    hasFrozenRows,
  };
}

/** Whether the plan's model is trained by rounds of updates; else it is fitted exactly. */
export const trainsByRounds = ({ algorithm }: Pick<Plan, 'algorithm'>): boolean => algorithm.kind !== 'newton';

/** The outcome that is predicted. */
export function primaryOutcome(plan: Plan): Plan['outcomes'][number] {
  const outcome = plan.outcomes.find(({ role }) => role === 'primary');
  if (!outcome) throw new RangeError('primaryOutcome: expected a plan with a primary outcome');
  return outcome;
}

/** Outcomes that are fitted beside the primary one, each by its own exact model. */
export function harmOutcomes(plan: Plan): readonly Plan['outcomes'][number][] {
  return plan.outcomes.filter(({ role }) => role === 'harm');
}

/** The column that identifies patients, if the split needs one. */
export function patientColumnOf({ split }: Plan): string | null {
  if (split.by === 'patient-id' || split.by === 'time' || split.by === 'site') return split.patientId;
  return split.by === 'file' ? (split.file.keys.patientId ?? null) : null;
}

/** The column that says the part of each row, or the day it goes by; null where none does. */
export function splitColumnOf({ split }: Pick<Plan, 'split'>): string | null {
  return split.by === 'column' || split.by === 'time' ? split.column : null;
}

/** What keys the hashes of patient ids: 'split' ‖ study ‖ split seed (learning.md §2.2); the seed is 1 where the split has none. */
export function patientKeyOf({ study, split }: Pick<Plan, 'study' | 'split'>): string {
  return `split${study}${'seed' in split ? split.seed : 1}`;
}

/** Fewest sites in any revealed sum: max(3, colluders + 2, the plan's own number) (protocol.md §3). */
export function minimumContributors({ rounds }: Plan): number {
  return Math.max(3, rounds.colluders + 2, rounds.minContributors);
}
