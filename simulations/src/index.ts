/** Public names of the simulator. */

export type { Algorithm, StepInput, StepOutput, TrainInput, TrainOutput } from './algorithm/index.ts';
export { readStudyInput, type SiteInput, type StudyInput } from './input/site-input.ts';
export { type LeaveOutInput, type LeftOutSites, leaveOneSiteOut } from './runs/leave-one-site-out.ts';
export type { Prediction } from './runs/metrics.ts';
export { type RunOutput, runOnce } from './runs/run-once.ts';
export { type SimulateInput, simulate } from './simulate.ts';
export { type FederateInput, type Federation, federate } from './world/federate.ts';
export { verifyEd25519 } from './world/signing.ts';
export type { VirtualSite } from './world/virtual-site.ts';
