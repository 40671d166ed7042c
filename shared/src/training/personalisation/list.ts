/** Every personalisation the product knows. To add one: its file, its test, one line here and its name in the plan. */
import type { TensorPart } from '../../models/index.ts';
import { ditto } from './ditto.ts';
import { fedBn } from './fedbn.ts';
import { fedPer } from './fedper.ts';
import { finetune } from './finetune.ts';
import { head } from './head.ts';
import { intercept } from './intercept.ts';
import type { Personalisation } from './personalisation.ts';
import { recalibrate } from './recalibrate.ts';

export const PERSONALISATIONS = { intercept, recalibrate, head, fedper: fedPer, fedbn: fedBn, ditto, finetune } as const satisfies Record<
  string,
  Personalisation
>;

export type PersonalisationName = keyof typeof PERSONALISATIONS;

/** The part of a network that is a site's own during the rounds; null for adaptations that come after them. */
export const ownPartOf = (personal: PersonalisationName | 'none'): TensorPart | null =>
  personal === 'fedper' ? 'head' : personal === 'fedbn' ? 'norm' : null;
