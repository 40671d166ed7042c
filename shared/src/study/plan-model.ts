/** What a plan fits. */
import { z } from 'zod';

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('linear').describe('a regression: one coefficient a column'),
    start: z
      .enum(['zero', 'uniform'])
      .default('zero')
      .describe('first weights of training by rounds: zero, or evenly spread within ±1/√columns; an exact fit needs none'),
  }),
  z.strictObject({
    kind: z.literal('mlp').describe('a network of fully connected layers'),
    hidden: z.array(z.int().min(1).max(1024)).min(1).max(4).default([32, 32]).describe('width of each hidden layer'),
    norm: z
      .enum(['none', 'layer', 'batch'])
      .default('none')
      .describe('normalisation of hidden layers; batch needs personal fedbn, because its statistics are a site’s own'),
    dropout: z.number().min(0).max(0.9).default(0).describe('share of hidden units left out in each training step'),
  }),
  z.strictObject({
    kind: z.literal('additive').describe('a sum of small networks, one a feature, so that what each adds can be drawn'),
    units: z.int().min(1).max(128).default(8).describe('units of each small network'),
  }),
  z.strictObject({
    kind: z
      .literal('cnn')
      .describe('a convolutional network with group normalisation, for small grey images: the features are the pixels, row by row'),
    width: z.int().min(3).max(64).describe('of the image, in pixels'),
    height: z.int().min(3).max(64).describe('of the image, in pixels'),
    channels: z.array(z.int().min(1).max(64)).min(1).max(4).default([8, 16]).describe('channels of each block, multiples of groups'),
    groups: z.int().min(1).max(64).default(4).describe('groups of channels that are normalised together'),
  }),
]);
