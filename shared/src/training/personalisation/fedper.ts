/** FedPer: the last layer is every site's own from the first round on; what is shared is the layers below. Source: Arivazhagan et al. 2019. */
import { ownParts } from './own-parts.ts';

export const fedPer = ownParts('fedper', 'head');
