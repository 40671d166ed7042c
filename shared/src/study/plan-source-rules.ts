/** What a plan's source must give: every column the study reads, and a time zero where days are counted from it. */
import { outcomeColumns } from '../schema/index.ts';
import { type BrokenRule, broken } from './broken-rule.ts';
import { type Plan, tableSpec } from './plan.ts';

export function* sourceRules(plan: Plan): Generator<BrokenRule> {
  const { source } = plan;
  if (source.kind !== 'fhir' && source.kind !== 'omop') return;
  const made = new Set(source.columns.map(({ name }) => name));
  for (const [index, feature] of plan.features.entries()) {
    if (!made.has(feature.column))
      yield broken(['features', index, 'column'], `"${feature.column}" is not one of the columns that source makes`);
  }
  for (const [index, outcome] of plan.outcomes.entries()) {
    const absent = outcomeColumns(outcome).find((name) => !made.has(name));
    if (absent !== undefined) yield broken(['outcomes', index], `"${absent}" is not one of the columns that source makes`);
  }
  for (const name of tableSpec(plan).extraColumns) {
    if (!made.has(name)) yield broken(['source', 'columns'], `no column is named "${name}", which the plan needs`);
  }
  if (source.timeZero !== null) return;
  for (const [index, { name, window, take, field }] of source.columns.entries()) {
    const needs = window !== null ? 'a window' : take === 'days' ? 'days' : field === 'age' ? 'an age' : null;
    if (needs !== null)
      yield broken(['source', 'columns', index], `"${name}" asks for ${needs}, counted from time zero; set source.timeZero`);
  }
}
