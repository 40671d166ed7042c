/** The pretended world around the product's own rules: clock, post, faults. */
export { attackVector } from './attack.ts';
export { type FederateInput, type Federation, federate } from './federate.ts';
export type { RoundTimes } from './pretended-world.ts';
export { spoilFiles } from './spoil-files.ts';
export { createVirtualClock } from './virtual-clock.ts';
export { readWorld, type World, worldSchema } from './world-file.ts';
