/** How a plan adapts its model to each hospital. */
import { z } from 'zod';

export const personalSchema = z
  .enum(['none', 'intercept', 'recalibrate', 'head', 'fedper', 'fedbn', 'ditto', 'finetune'])
  .default('intercept')
  .describe(
    'adaptation to each hospital, learned and kept there: intercept (its own base risk), recalibrate (intercept and slope), head (its own last layer), fedper and fedbn (its own last layer or normalisation from the first round on), ditto (its own model pulled to the shared one), finetune (trained on)',
  );
