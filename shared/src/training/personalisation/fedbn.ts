/** FedBN: normalisation layers, their statistics included, are every site's own; all else is shared. Source: Li et al. 2021, "FedBN: Federated Learning on Non-IID Features via Local Batch Normalization". */
import { ownParts } from './own-parts.ts';

export const fedBn = ownParts('fedbn', 'norm');
