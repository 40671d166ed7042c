/** Products of two features as further columns of the model. */
import { z } from 'zod';

export const interactionsSchema = z
  .array(z.tuple([z.string().max(64), z.string().max(64)]))
  .max(50)
  .default([])
  .describe('pairs of features whose products are columns too, such as [[age, sex]]; declared before any result is seen');
