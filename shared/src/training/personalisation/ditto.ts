/**
 * Ditto: a model of the site's own at the minimum of its own loss + λ/2 ‖v − w‖², w the shared weights after the last round; λ is chosen with
 * the number of passes. λ large is the shared model, λ = 0 fine-tuning.
 * Source: Li et al. 2021, "Ditto: Fair and Robust Federated Learning Through Personalization", with its solver run after the rounds.
 */
import { adaptWeights } from './own-weights.ts';
import type { Personalisation } from './personalisation.ts';

const STRENGTHS = [0.01, 0.1, 1] as const;

export const ditto: Personalisation = { kind: 'ditto', needsNetwork: false, fit: (input) => adaptWeights(input, undefined, STRENGTHS) };
