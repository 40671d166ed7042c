/** Public names of `algorithm`: a researcher's own, in the simulator only. */
export type { Algorithm, StepInput, StepOutput, TrainInput, TrainOutput } from './algorithm.ts';
export { type ContractCheck, checkAlgorithm } from './check-algorithm.ts';
export { compileAlgorithm, importAlgorithm, namedAlgorithm } from './load-algorithm.ts';
export { requireRounds, stagesWith } from './own-update.ts';
