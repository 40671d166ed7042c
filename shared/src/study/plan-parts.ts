/** The parts of a plan that choose how rows are divided and how a model is fitted. Composed in plan.ts. */
import { z } from 'zod';
import { columnName } from '../schema/index.ts';

const seed = z.int().min(0).max(4_294_967_295);
const testShare = z.number().min(0).max(0.8).default(0.2).describe('share of patients kept for the one final test');
const validationShare = z.number().min(0).max(0.8).default(0.1).describe('share of patients kept for choosing between models');
const splitSeed = seed.default(1).describe('another seed gives another division');
const ridge = z
  .number()
  .min(0)
  .max(1e6)
  .default(1)
  .describe('penalty ½·ridge·‖w‖² on the summed log-loss; the intercept is free; 0 is no penalty');
const tolerance = z.number().min(1e-12).max(1e-2).default(1e-9).describe('the fit is done when no entry of the gradient is larger');
const maxIterations = z.int().min(1).max(200).default(25).describe('give up after so many iterations');

const splitFile = z.strictObject({
  file: z
    .string()
    .max(200)
    .regex(/^[^./\\][^/\\]*$/, 'must be a file name without folders')
    .describe('name of the CSV that says which row is in which part'),
  keys: z
    .strictObject({
      site: columnName.describe('its column with the site'),
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
    by: z.literal('file').describe('by a file that names the part of each row'),
    file: splitFile.describe('that file and its columns'),
  }),
]);

export const preprocessSchema = z.strictObject({
  scale: z
    .enum(['federated', 'none'])
    .default('federated')
    .describe('federated: the mean and standard deviation over all training rows of all sites; none: values as they are'),
  impute: z
    .enum(['federated-mean', 'drop-row'])
    .default('federated-mean')
    .describe('federated-mean: a missing value becomes the mean over all sites; drop-row: such a row is left out'),
  indicators: z.literal(false).default(false).describe('extra inputs that say "was missing"; not in this release'),
});

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear').describe('logistic regression') }),
  z.strictObject({
    kind: z.literal('mlp').describe('a network of fully connected layers'),
    hidden: z.array(z.int().min(1).max(1024)).min(1).max(4).default([32, 32]).describe('width of each hidden layer'),
  }),
]);

const localTraining = {
  localEpochs: z.int().min(1).max(100).default(1).describe('passes over the training rows per round'),
  batchSize: z.int().min(1).max(4096).default(32).describe('rows per step'),
  learningRate: z.number().gt(0).max(10).default(0.05).describe('step length at a site'),
  clip: z.number().gt(0).max(1000).default(1).describe('largest magnitude of one entry of an update'),
  bits: z.literal([16, 24, 32]).default(24).describe('bits per entry of a masked update'),
  weightCap: z.int().min(1).max(1_000_000).default(1000).describe('a site with more training rows counts as one with so many'),
};

export const algorithmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('newton').describe('exact: equal to the fit on pooled rows'), ridge, tolerance, maxIterations }),
  z.strictObject({
    kind: z.literal('fedavg').describe('the weighted mean of the updates is added'),
    ...localTraining,
    server: z
      .strictObject({ learningRate: z.number().gt(0).max(10).default(1).describe('factor on the mean update') })
      .prefault({})
      .describe('the step with the mean update'),
  }),
  z.strictObject({
    kind: z.literal('fedadam').describe('the mean update goes through Adam (Reddi et al. 2021)'),
    ...localTraining,
    server: z
      .strictObject({
        learningRate: z.number().gt(0).max(10).default(0.01).describe('step length'),
        beta1: z.number().min(0).lt(1).default(0.9).describe('memory of the mean'),
        beta2: z.number().min(0).lt(1).default(0.99).describe('memory of the squares'),
        tau: z.number().gt(0).max(1).default(1e-3).describe('keeps small squares from making large steps'),
      })
      .prefault({})
      .describe('the step with the mean update'),
  }),
]);

export const exactSchema = z.strictObject({ ridge, tolerance, maxIterations });

export const roundsSchema = z.strictObject({
  count: z.int().min(1).max(10_000).default(10).describe('update rounds; an exact fit stops by itself'),
  quorum: z.int().min(1).max(1000).default(3).describe('sites that must be there before a round opens'),
  colluders: z.int().min(1).max(500).default(1).describe('dishonest sites tolerated'),
  minContributors: z.int().min(3).max(1000).default(3).describe('fewest sites in any sum that is revealed'),
  joinSeconds: z.int().min(1).max(86_400).default(30).describe('time to join a round'),
  trainSeconds: z.int().min(1).max(604_800).default(600).describe('time to train and send'),
  answerSeconds: z.int().min(1).max(86_400).default(60).describe('time for each short answer'),
});

export const evaluationSchema = z.strictObject({
  bins: z.int().min(10).max(1000).default(100).describe('bins of the score histogram'),
  thresholds: z.array(z.number().gt(0).lt(1)).max(20).default([0.1, 0.2, 0.3, 0.5]).describe('risks at which decisions are judged, rising'),
  smallestCell: z.int().min(1).max(1000).default(10).describe('a site with fewer events or non-events leaves its class counts out'),
});

export const planSeed = seed;
