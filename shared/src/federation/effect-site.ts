/** A plan's treatment joined to the programme: settings from plan and scaling, and a site's rows with their arms. */
import { type EffectRows, type EffectSettings, type EffectSite, FEWEST_IN_ARM, foldOf } from '../effects/index.ts';
import { designNames, type Part, type Prepared, type Scaling, SET } from '../preparation/index.ts';
import { type CheckedTable, codeKey, outcomeLabel } from '../schema/index.ts';
import { STATISTICS_STEP } from '../secagg/index.ts';
import { adjustedFeatures, harmOutcomes, minimumContributors, type Plan, patientColumnOf, type Treatment } from '../study/index.ts';
import { baselineEntries, baselineLength } from './arm-baseline.ts';
import { required } from './required.ts';

const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 30;

/** Design columns whose feature is in the effect's model, by position in the prepared matrix. */
function adjustedColumns(
  plan: Plan,
  treatment: Treatment,
  scaling: Scaling,
): { readonly at: number; readonly name: string; readonly feature: string }[] {
  const adjusted = new Set(adjustedFeatures(treatment, plan.features));
  const featureOf = new Map(scaling.columns.map(({ name, feature }) => [name, feature]));
  return designNames(plan, scaling)
    .map((name, at) => ({ at, name, feature: featureOf.get(name) ?? name }))
    .filter(({ feature }) => adjusted.has(feature));
}

/** @param sites - Sites in the frozen cohort: what the encoding's rounding can add to a gradient. */
export function effectSettings(plan: Plan, scaling: Scaling, sites: number): EffectSettings {
  const treatment = required(plan.treatment, 'treatment');
  const columns = adjustedColumns(plan, treatment, scaling);
  const modifiers = new Set(treatment.modifiers ?? adjustedFeatures(treatment, plan.features));
  const { assignment, estimand, level, aim, tests, alpha, folds, ridge } = treatment;
  return {
    assignment,
    estimand,
    allocation: treatment.assignment === 'randomised' ? treatment.allocation : null,
    level,
    aim,
    names: columns.map(({ name }) => name),
    modifiers: columns.flatMap(({ feature }, at) => (modifiers.has(feature) ? [at] : [])),
    harms: harmOutcomes(plan).map(outcomeLabel),
    baselineLength: baselineLength(plan),
    tests,
    alpha,
    folds,
    ridge,
    tarnet: treatment.tarnet === null ? null : { ...treatment.tarnet, seed: plan.study },
    tolerance: Math.max(TOLERANCE, sites * STATISTICS_STEP),
    maxIterations: MAX_ITERATIONS,
    minimum: minimumContributors(plan),
  };
}

/** The arm of every row of the table: 1 treated, 0 comparator, NaN neither. */
function arms({ column, treated, comparator }: Treatment, table: CheckedTable): Float64Array {
  const texts = required(table.extra.get(column) ?? null, 'treatment column');
  return Float64Array.from(texts, (text) => {
    const code = codeKey(text);
    return code === treated ? 1 : code === comparator ? 0 : Number.NaN;
  });
}

/** A site's training and test rows as the effect sees them; rows without an arm are left out and counted. */
export function effectSite(plan: Plan, table: CheckedTable, sets: Uint8Array, scaling: Scaling, prepared: Prepared): EffectSite {
  const treatment = required(plan.treatment, 'treatment');
  const columns = adjustedColumns(plan, treatment, scaling);
  const arm = arms(treatment, table);
  const patientColumn = patientColumnOf(plan);
  const ids = patientColumn === null ? null : table.extra.get(patientColumn);
  const harms = harmOutcomes(plan).map(({ name }) => table.harms.get(name)!.y);
  const rowsOf = (set: number, part: Part): { readonly rows: EffectRows; readonly unassigned: number } => {
    const rows = Array.from(sets.keys()).filter((row) => sets[row] === set);
    const kept = rows.flatMap((row, at) => (Number.isNaN(arm[row]!) ? [] : [{ row, at }]));
    return {
      rows: {
        x: Float64Array.from(kept.flatMap(({ at }) => columns.map((column) => part.x[at * part.width + column.at]!))),
        width: columns.length,
        rows: kept.length,
        y: Float64Array.from(kept, ({ at }) => part.y[at]!),
        arm: Float64Array.from(kept, ({ row }) => arm[row]!),
        harms: harms.map((values) => Float64Array.from(kept, ({ row }) => values[row]!)),
        fold: Uint8Array.from(kept, ({ row }) => foldOf(plan.study, ids?.[row] ?? `row ${row}`, treatment.folds)),
      },
      unassigned: rows.length - kept.length,
    };
  };
  const train = rowsOf(SET.train, prepared.train);
  const baseline = baselineEntries(plan, table, sets, arm, FEWEST_IN_ARM);
  return { train: train.rows, test: rowsOf(SET.test, prepared.test).rows, unassigned: train.unassigned, baseline };
}

/** 1-based data rows behind the rows of `effectSite(...).test`, in the same order. */
export function assignedTestRows(plan: Plan, table: CheckedTable, sets: Uint8Array): readonly number[] {
  const arm = arms(required(plan.treatment, 'treatment'), table);
  return Array.from(sets.keys()).flatMap((row) => (sets[row] === SET.test && !Number.isNaN(arm[row]!) ? [table.rowNumber[row]!] : []));
}
