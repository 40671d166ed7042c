/** From a checked table to matrices: the split, the shared statistics and scaling, imputation. */
export { type DesignColumn, designColumns } from './columns.ts';
export { designNames, type Part, type Prepared, prepare } from './matrix.ts';
export { hazardCuts, type OutcomeScaling, outcomeScaling } from './outcome-statistics.ts';
export { poolParts } from './pool.ts';
export { PreparationError } from './preparation-error.ts';
export { type ScaledColumn, type Scaling, scalingFrom } from './scaling.ts';
export { SET, type SetCode, sideOf } from './sides.ts';
export { type Split, splitRows } from './split.ts';
export { splitChecks } from './split-checks.ts';
export { siteStatistics, statisticsNames } from './statistics.ts';
export { rowGroups, type Subgroup, subgroupsOf } from './subgroups.ts';
export { toUnit } from './unit-range.ts';
