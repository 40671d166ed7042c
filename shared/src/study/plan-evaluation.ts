/** How a plan judges its result. */
import { z } from 'zod';

export const evaluationSchema = z.strictObject({
  bins: z.int().min(10).max(1000).default(100).describe('bins of the score histogram'),
  thresholds: z.array(z.number().gt(0).lt(1)).max(20).default([0.1, 0.2, 0.3, 0.5]).describe('risks at which decisions are judged, rising'),
  smallestCell: z.int().min(1).max(1000).default(10).describe('a site with fewer events or non-events leaves its class counts out'),
});
