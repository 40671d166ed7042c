/** How a plan fits: exactly, or by rounds of local training. */
import { z } from 'zod';
import { maxIterations, ridge, tolerance } from './plan-exact.ts';

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
