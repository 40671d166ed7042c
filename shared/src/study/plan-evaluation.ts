/** How a plan judges its result. */
import { z } from 'zod';

export const evaluationSchema = z.strictObject({
  bins: z.int().min(10).max(1000).default(100).describe('bins of the score histogram'),
  thresholds: z.array(z.number().gt(0).lt(1)).max(20).default([0.1, 0.2, 0.3, 0.5]).describe('risks at which decisions are judged, rising'),
  smallestCell: z.int().min(1).max(1000).default(10).describe('a site with fewer events or non-events leaves its class counts out'),
  subgroups: z
    .array(
      z.strictObject({
        feature: z.string().max(64).describe('name of the feature that makes the groups'),
        cuts: z.array(z.number()).max(9).default([]).describe('for a number: rising values at which the next group begins'),
      }),
    )
    .max(10)
    .default([])
    .describe('groups of patients, one feature at a time, in which the models are judged too; a hospital leaves small ones out'),
  plannedRSquared: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .default(null)
    .describe("Cox and Snell's R² that is expected, for the number of patients needed; null: 15 % of the largest possible"),
});
