export {
  type BackendChoice,
  type BackendTrial,
  chooseBackend,
  type PreparedBackends,
  prepareBackends,
} from './backend.ts';
export { shuffledOrder } from './batches.ts';
export { type CholeskyFactor, cholesky, choleskyInverse, choleskySolve } from './cholesky.ts';
export { type CoefficientRow, coefficientTable } from './coefficient-table.ts';
export { fitLogistic, type LogisticFit } from './fit-logistic.ts';
export { type BatchGradient, kernelGradient } from './kernel-mlp.ts';
export type { BackendName, LocalConfig, LocalProgress, LocalTask, LocalUpdate } from './local-task.ts';
export { localUpdate } from './local-update.ts';
export { type NewtonFailure, type NewtonState, newtonStep, startNewton } from './newton.ts';
export { newtonSums, newtonSumsLength } from './newton-sums.ts';
export { normalTail } from './normal-tail.ts';
export { mlpGradient } from './plain-mlp.ts';
export type { Wait, WasmFiles } from './tensors.ts';
export { TrainingError, type TrainingErrorCode } from './training-error.ts';
export { RIDGE_GRID, type RidgeChoice, tuneRidge } from './tune-ridge.ts';
