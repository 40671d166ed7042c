/** Every local optimizer the product knows. To add one: its file, its test, one line here and its name in the plan. */
import { adam } from './adam.ts';
import type { LocalOptimizer } from './local-optimizer.ts';
import { momentum } from './momentum.ts';
import { sgd } from './sgd.ts';

export const LOCAL_OPTIMIZERS = { sgd, momentum, adam } as const satisfies Record<string, LocalOptimizer>;

export type LocalOptimizerName = keyof typeof LOCAL_OPTIMIZERS;
