/** Fine-tuning: all weights trained on, from the shared ones, on the site's own rows. Source: Yu et al. 2020, "Salvaging Federated Learning by Local Adaptation". */
import { adaptWeights } from './own-weights.ts';
import type { Personalisation } from './personalisation.ts';

export const finetune: Personalisation = { kind: 'finetune', needsNetwork: false, fit: (input) => adaptWeights(input, undefined, [0]) };
