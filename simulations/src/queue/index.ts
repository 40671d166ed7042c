/** Public names of `queue`: simulations on many machines. */
export { runThroughQueue } from './run-through-queue.ts';
export { type WorkInput, workOnQueue } from './work-on-queue.ts';
