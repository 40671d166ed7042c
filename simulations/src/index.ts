/** Public names of the simulator. */
export { type FederateInput, type Federation, federate } from './federate.ts';
export { type RunOutput, runOnce } from './run-once.ts';
export { verifyEd25519 } from './signing.ts';
export { readStudyInput, type SiteInput, type StudyInput } from './site-input.ts';
export type { VirtualSite } from './virtual-site.ts';
