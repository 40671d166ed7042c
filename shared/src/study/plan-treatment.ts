/**
 * The treatment whose effect a plan asks for (learning.md §5). Nothing is shown of an effect unless all of this is declared: who was
 * compared with whom, from when, for how long, and how it was decided who got what.
 */
import { z } from 'zod';
import { codeSchema, columnName } from '../schema/index.ts';

const words = (what: string) => z.string().min(1).max(1000).describe(what);

const declared = {
  column: columnName.describe("column of the hospital's file that says what a patient got"),
  treated: codeSchema.default('1').describe('code of the treatment'),
  comparator: codeSchema.default('0').describe('code of what it is compared with'),
  timeZero: words('when the comparison begins for a patient, in words'),
  eligibility: words('who could have been given either, in words'),
  followUp: words('how long and how patients were followed, in words'),
  aim: z.enum(['prevent', 'reach']).default('prevent').describe('whether the outcome is to be prevented or reached'),
  level: z
    .literal([1, 2, 3])
    .default(1)
    .describe('1: effect by risk; 2: with penalised interactions where the test finds them; 3: learners too, as a research view'),
  modifiers: z
    .array(z.string().max(64))
    .max(50)
    .nullable()
    .default(null)
    .describe('features whose interaction with treatment is tested; default: those of adjust'),
  tests: z
    .array(z.enum(['interactions', 'risk']))
    .max(2)
    .default(['interactions', 'risk'])
    .describe('declared tests: of all interactions together, and of treatment × linear predictor'),
  alpha: z.number().gt(0).max(0.2).default(0.05).describe('level of the tests; below it level 2 opens'),
  folds: z.int().min(2).max(20).default(5).describe('parts of the patients for the learners of level 3'),
  ridge: z.number().min(0).max(1e6).default(0).describe('penalty on the covariates, never on the treatment'),
  tarnet: z
    .strictObject({
      units: z.int().min(1).max(64).default(16).describe('units of the representation that both arms share'),
      headUnits: z.int().min(1).max(64).default(8).describe('units of the hidden layer of each arm'),
      rounds: z.int().min(1).max(200).default(20).describe('rounds of training, each one secure sum'),
      steps: z.int().min(1).max(200).default(5).describe('passes over its patients that a hospital makes in a round'),
      learningRate: z.number().gt(0).max(1).default(0.01).describe('size of a step'),
      decay: z.number().min(0).max(1).default(0.01).describe('penalty on the weights'),
      propensity: z
        .number()
        .min(0)
        .max(10)
        .default(0)
        .describe('weight of a third head that learns who got the treatment (DragonNet); 0: none; only where treatment was chosen'),
    })
    .nullable()
    .default(null)
    .describe('a network with a head for each arm (TARNet) beside the learners of level 3; null: none'),
};

export const treatmentSchema = z.discriminatedUnion('assignment', [
  z.strictObject({
    assignment: z.literal('randomised').describe('by lot'),
    allocation: z.number().gt(0).lt(1).describe('share of patients that the lot gives the treatment'),
    adjust: z.array(z.string().max(64)).max(100).nullable().default(null).describe('features in the model of the outcome; default: all'),
    estimand: z.literal('average').default('average').describe('the effect over all patients'),
    ...declared,
  }),
  z.strictObject({
    assignment: z.literal('observational').describe('by choice: only an association can be shown'),
    adjust: z.array(z.string().max(64)).min(1).max(100).describe('features that went with the choice of treatment and with the outcome'),
    estimand: z
      .enum(['average', 'treated', 'overlap'])
      .default('average')
      .describe('over all patients, over the treated, or over those who could have got either'),
    ...declared,
  }),
]);

/** The declared treatment, defaults filled. */
export type Treatment = z.output<typeof treatmentSchema>;

/** Names of the features in the model of the effect. */
export const adjustedFeatures = (treatment: Treatment, features: readonly { readonly name: string }[]): readonly string[] =>
  treatment.adjust ?? features.map(({ name }) => name);
