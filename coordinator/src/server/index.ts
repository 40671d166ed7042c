/** Public names of `server`: a whole coordinator, started. */

export { readDemo } from './read-demo.ts';
export { type Coordinator, type CoordinatorOptions, startCoordinator } from './start-coordinator.ts';
