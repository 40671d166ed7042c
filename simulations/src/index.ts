/** Public names of the simulator. */

export { readStudyInput, type SiteInput, type StudyInput } from './input/site-input.ts';
export { type RunOutput, runOnce } from './runs/run-once.ts';
export { type FederateInput, type Federation, federate } from './world/federate.ts';
export { verifyEd25519 } from './world/signing.ts';
export type { VirtualSite } from './world/virtual-site.ts';
