/** Every server optimizer the product knows. To add one: its file, its test, one line here. */
import { fedAdagrad } from './fedadagrad.ts';
import { fedAdam } from './fedadam.ts';
import { fedAvg } from './fedavg.ts';
import { fedAvgM } from './fedavgm.ts';
import { fedYogi } from './fedyogi.ts';
import type { ServerOptimizer } from './server-optimizer.ts';

export const SERVER_OPTIMIZERS: readonly ServerOptimizer[] = [fedAvg, fedAvgM, fedAdagrad, fedAdam, fedYogi];

/**
 * The server optimizer of a kind.
 *
 * @throws RangeError when no optimizer has that kind.
 */
export function serverOptimizer(kind: string): ServerOptimizer {
  const found = SERVER_OPTIMIZERS.find((optimizer) => optimizer.kind === kind);
  if (found === undefined) {
    throw new RangeError(`serverOptimizer: expected ${SERVER_OPTIMIZERS.map((optimizer) => optimizer.kind).join(' or ')}, got ${kind}`);
  }
  return found;
}
