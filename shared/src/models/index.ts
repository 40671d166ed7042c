export { linearPredictor, predictLogistic, sigmoid } from './linear.ts';
export { initMlp, type MlpLayer, type MlpShape, type MlpTensor, mlpLayers, mlpLength, mlpLogits, mlpTensors, predictMlp } from './mlp.ts';
export type { Rows } from './rows.ts';
