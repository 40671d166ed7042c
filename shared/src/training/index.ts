export { type CoefficientRow, coefficientTable } from './coefficient-table.ts';
export { type NewtonFailure, type NewtonState, newtonStep, startNewton } from './newton.ts';
export { newtonSums, newtonSumsLength } from './newton-sums.ts';
