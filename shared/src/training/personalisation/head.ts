/** The last layer of the site's own: everything below it stays the shared model's. Source: Wang et al. 2019, "Federated Evaluation of On-device Personalization". */
import { entriesOf, networkOf } from '../../models/index.ts';
import { adaptWeights } from './own-weights.ts';
import type { Personalisation } from './personalisation.ts';

export const head: Personalisation = {
  kind: 'head',
  needsNetwork: true,
  fit: (input) => adaptWeights(input, entriesOf(networkOf(input.shape).tensors, ['body', 'norm']), [0]),
};
