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
    .describe(
      'federated-mean: a missing value becomes the mean over all sites; drop-row: such a row is left out, unless the hospital says that it does not collect the feature',
    ),
  indicators: z
    .boolean()
    .default(false)
    .describe(
      'extra inputs that say "was missing"; each only where minContributors sites have both missing and observed values and 10 patients of either; never beside an observational treatment',
    ),
  unavailable: z
    .enum(['site-intercept', 'exclude-feature', 'exclude-site'])
    .default('site-intercept')
    .describe(
      'a feature that some hospitals do not collect. site-intercept: there it counts as the shared mean, and the hospital’s own intercept takes up the rest; exclude-feature: it is left out everywhere; exclude-site: those hospitals take no part',
    ),
});
