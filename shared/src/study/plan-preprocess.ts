/** What a plan does to values before training. */
import { z } from 'zod';

export const preprocessSchema = z.strictObject({
  scale: z
    .enum(['federated', 'site', 'none'])
    .default('federated')
    .describe(
      'federated: the mean and standard deviation over all training rows of all sites; site: each site by its own training rows; none: values as they are',
    ),
  impute: z
    .enum(['federated-mean', 'drop-row'])
    .default('federated-mean')
    .describe('federated-mean: a missing value becomes the mean over all sites; drop-row: such a row is left out'),
  indicators: z.literal(false).default(false).describe('extra inputs that say "was missing"; not in this release'),
});
