export {
  type BackendChoice,
  type BackendTrial,
  chooseBackend,
  type PreparedBackends,
  prepareBackends,
} from './backend.ts';
export { shuffledOrder } from './batches.ts';
export { type CholeskyFactor, cholesky, choleskyInverse, choleskySolve } from './cholesky.ts';
export { classesInterval } from './classes-interval.ts';
export { type CoefficientRow, coefficientTable, covarianceOf, effectiveParameters, parameterTable } from './coefficient-table.ts';
export { type Estimate, hazardInterval, hazardRiskInterval, intervalOf, linearInterval, type ValueInterval } from './delta-interval.ts';
export { type Dependence, dependences } from './dependent-columns.ts';
export { coxPredictor } from './exact/cox.ts';
export type { ExactKind, ExactSpec } from './exact/exact-model.ts';
export { fitExact } from './exact/fit-exact.ts';
export { enteredIntervals, hazardSurvival, siteIntercept } from './exact/hazard.ts';
export { heldOutLoss, keepRows, tuneExact } from './exact/held-out.ts';
export { type BoundModel, exactModel } from './exact/list.ts';
export { softmaxClasses } from './exact/softmax.ts';
export { fitLogistic, type LogisticFit } from './fit-logistic.ts';
export { type BatchGradient, kernelGradient } from './kernel-mlp.ts';
export { LOCAL_OPTIMIZERS, type LocalOptimizerName } from './local-optimizers/list.ts';
export type { BackendName, LocalConfig, LocalProgress, LocalTask, LocalUpdate } from './local-task.ts';
export { localUpdate } from './local-update.ts';
export { dueLength, type NewtonFailure, type NewtonState, newtonStep, startFit, startNewton } from './newton.ts';
export { fitSumsLength, newtonSums, newtonSumsLength } from './newton-sums.ts';
export { normalTail } from './normal-tail.ts';
export { MOST_LOG_ODDS, outputCalibrationOf, outputCalibrationSums, startOutputCalibration } from './output-calibration.ts';
export { ownIntercept } from './personalisation/intercept.ts';
export { leaveOneOutLogits } from './personalisation/leave-one-out.ts';
export { ownPartOf, PERSONALISATIONS, type PersonalisationName } from './personalisation/list.ts';
export type { PersonalInput, Personalisation, PersonalModel } from './personalisation/personalisation.ts';
export { logGamma, studentQuantile, studentTail } from './student-t.ts';
export type { Wait, WasmFiles } from './tensors.ts';
export { tensorGradient } from './tf-autodiff.ts';
export { batchGradient, type GradientOf, gradientTerms, mlpGradient, trainAtOnce } from './train-plain.ts';
export { TrainingError, type TrainingErrorCode } from './training-error.ts';
export { RIDGE_GRID, type RidgeChoice, tuneRidge } from './tune-ridge.ts';
