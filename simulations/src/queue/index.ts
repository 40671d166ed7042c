/** Public names of `queue`: simulations on many machines. */
export { type JobQueue, openJobQueue, type SimulationJob, workerName } from './job-queue.ts';
export { type Ask, patientAsk } from './patience.ts';
export { programHash } from './program.ts';
export { openQueueStore } from './queue-store.ts';
export { runThroughQueue } from './run-through-queue.ts';
export { type WorkInput, workOnQueue } from './work-on-queue.ts';
