/** How much each class counts in the training of a network. */
import { z } from 'zod';

export const classWeightsSchema = z
  .union([z.enum(['none', 'balanced']), z.array(z.number().min(0.01).max(100)).min(2).max(100)])
  .default('none')
  .describe(
    'weight of each class in the loss: none, balanced (every class counts alike, by the training rows of all sites), or a list in the order of the classes, for two: without and with the outcome. The network is recalibrated afterwards, so that its probabilities are true again',
  );
