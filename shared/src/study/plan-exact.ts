/** How a plan fits exactly: the settings of federated Newton. */
import { z } from 'zod';

export const ridge = z
  .union([z.number().min(0).max(1e6), z.literal('cv')])
  .default(1)
  .describe(
    'penalty ½·ridge·‖w‖² on the summed loss; the intercept is free; 0 is no penalty; cv: the best of a grid by five folds of the training rows',
  );
export const tolerance = z.number().min(1e-12).max(1e-2).default(1e-9).describe('the fit is done when no entry of the gradient is larger');
export const maxIterations = z.int().min(1).max(200).default(25).describe('give up after so many iterations');

export const exactSchema = z.strictObject({ ridge, tolerance, maxIterations });
