/** Seeds of a plan: the split, the first weights, the order of rows. */
import { z } from 'zod';

/** A seed: a whole number of 32 bits. */
export const planSeed = z.int().min(0).max(4_294_967_295);
