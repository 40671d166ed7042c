/** How a plan fits: exactly, or by rounds of local training. */
import { z } from 'zod';
import { classWeightsSchema } from './plan-class-weights.ts';
import { maxIterations, ridge, tolerance } from './plan-exact.ts';

const localTraining = {
  localEpochs: z.int().min(1).max(100).default(1).describe('passes over the training rows per round'),
  localSteps: z.int().min(1).max(100_000).optional().describe('steps per round, the same at every site, in the place of localEpochs'),
  batchSize: z.int().min(1).max(4096).default(32).describe('rows per step'),
  optimizer: z
    .enum(['sgd', 'momentum', 'adam'])
    .default('sgd')
    .describe('how a site steps: plain descent, with momentum, or Adam; its memory ends with the round'),
  learningRate: z.number().gt(0).max(10).default(0.05).describe('step length at a site'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('share of the velocity that momentum keeps'),
  weightDecay: z.number().min(0).max(10).default(0).describe('penalty ½·weightDecay·‖w‖² on the mean loss at a site'),
  proximal: z.number().min(0).max(100).default(0).describe('penalty ½·proximal·‖w − shared w‖² on the mean loss at a site'),
  clip: z.number().gt(0).max(1000).default(1).describe('largest magnitude of one entry of an update'),
  bits: z.literal([16, 24, 32]).default(24).describe('bits per entry of a masked update'),
  weightCap: z.int().min(1).max(1_000_000).default(1000).describe('a site with more training rows counts as one with so many'),
  classWeights: classWeightsSchema,
  fits: z
    .literal([1, 5])
    .default(1)
    .describe('5: five fits from different first weights in the same rounds; the range of their predictions is shown'),
};

const serverLearningRate = z.number().gt(0).max(10);
const memoryOfMean = z.number().min(0).lt(1).default(0.9).describe('memory of the mean');
const tau = z.number().gt(0).max(1).default(1e-3).describe('keeps small squares from making large steps');
const stepWithMean = 'the step with the mean update';

const averagingServer = z
  .strictObject({ learningRate: serverLearningRate.default(1).describe('factor on the mean update') })
  .prefault({})
  .describe(stepWithMean);

const adaptiveServer = z
  .strictObject({
    learningRate: serverLearningRate.default(0.01).describe('step length'),
    beta1: memoryOfMean,
    beta2: z.number().min(0).lt(1).default(0.99).describe('memory of the squares'),
    tau,
  })
  .prefault({})
  .describe(stepWithMean);

export const algorithmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('newton').describe('exact: equal to the fit on pooled rows'), ridge, tolerance, maxIterations }),
  z.strictObject({
    kind: z.literal('fedavg').describe('the weighted mean of the updates is added (McMahan et al. 2017)'),
    ...localTraining,
    server: averagingServer,
  }),
  z.strictObject({
    kind: z.literal('fedprox').describe('as fedavg, and every site is held near the shared weights (Li et al. 2020)'),
    ...localTraining,
    proximal: localTraining.proximal.default(0.01),
    server: averagingServer,
  }),
  z.strictObject({
    kind: z.literal('scaffold').describe('sites correct their drift by control variates; twice the bytes (Karimireddy et al. 2020)'),
    ...localTraining,
    optimizer: z.literal('sgd').default('sgd').describe('plain descent; control variates are defined for it'),
    controlClip: z.number().gt(0).max(10_000).default(10).describe('largest magnitude of one entry of a control variate'),
    server: averagingServer,
  }),
  z.strictObject({
    kind: z.literal('fednova').describe('a site that takes more steps does not count more (Wang et al. 2020)'),
    ...localTraining,
    optimizer: z.enum(['sgd', 'momentum']).default('sgd').describe('how a site steps: plain descent, or with momentum'),
    server: averagingServer,
  }),
  z.strictObject({
    kind: z.literal('fedavgm').describe('the server moves with momentum (Hsu et al. 2019)'),
    ...localTraining,
    server: z
      .strictObject({ learningRate: serverLearningRate.default(0.1).describe('factor on the velocity'), beta1: memoryOfMean })
      .prefault({})
      .describe(stepWithMean),
  }),
  z.strictObject({
    kind: z.literal('fedadagrad').describe('the mean update goes through Adagrad (Reddi et al. 2021)'),
    ...localTraining,
    server: z
      .strictObject({ learningRate: serverLearningRate.default(0.1).describe('step length'), beta1: memoryOfMean, tau })
      .prefault({})
      .describe(stepWithMean),
  }),
  z.strictObject({
    kind: z.literal('fedadam').describe('the mean update goes through Adam (Reddi et al. 2021)'),
    ...localTraining,
    server: adaptiveServer,
  }),
  z.strictObject({
    kind: z.literal('fedyogi').describe('the mean update goes through Yogi (Reddi et al. 2021)'),
    ...localTraining,
    server: adaptiveServer,
  }),
]);
