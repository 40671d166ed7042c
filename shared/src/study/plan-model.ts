/** What a plan fits. */
import { z } from 'zod';

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear').describe('logistic regression') }),
  z.strictObject({
    kind: z.literal('mlp').describe('a network of fully connected layers'),
    hidden: z.array(z.int().min(1).max(1024)).min(1).max(4).default([32, 32]).describe('width of each hidden layer'),
  }),
]);
