/** Tables and plans that the tests of preparation share. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '@consilium/shared/reading';
import { type CheckedTable, checkTable } from '@consilium/shared/schema';
import { formatPlanErrors, type Plan, parsePlan, tableSpec } from '@consilium/shared/study';

export function planOf(text: string): Plan {
  const result = parsePlan(text, 'plan.yaml');
  if (!result.ok) throw new Error(formatPlanErrors(result.errors));
  return result.plan;
}

export const csv = (text: string) => readCsv(new TextEncoder().encode(text));

export const tableOf = (plan: Plan, text: string): CheckedTable => checkTable(csv(text), tableSpec(plan));

/** A plan with one feature of each type; `split` and `impute` as given. */
export const mixedPlan = (split: string, impute = 'federated-mean', more = ''): Plan =>
  planOf(`study: mixed
title: Mixed
purpose: To have one feature of each type.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features:
  - { name: age, type: number, range: [0, 120] }
  - { name: sex, type: binary }
  - { name: cp, type: category, codes: { 1: a, 2: b, 3: c } }
preprocess: { impute: ${impute}${more} }
split: ${split}
model: { kind: linear }
algorithm: { kind: newton }
`);

const HEART = join(import.meta.dirname, '../../../../shared/data/heart-disease');
export const HEART_SITES = ['cleveland', 'hungarian', 'switzerland', 'va-long-beach'];
export const hasHeartData = HEART_SITES.every((site) => existsSync(join(HEART, `${site}.csv`)));
export const heartFile = (name: string) => readFileSync(join(HEART, `${name}.csv`));

/** Tests that need the heart-disease files say why they do not run without them. */
export function explainSkip(): void {
  if (!hasHeartData) console.log('skipped: the heart-disease files are not beside this checkout (../shared/data/heart-disease)');
}
