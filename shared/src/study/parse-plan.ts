/** A plan from the text of a file, or from a value that another party sent. */

import { type Plan, planSchema } from './plan.ts';
import { type ErrorContext, type PlanError, planError, schemaErrors } from './plan-errors.ts';
import { brokenRules } from './plan-rules.ts';
import { readPlanText } from './plan-text.ts';

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan; readonly notes: readonly string[] }
  | { readonly ok: false; readonly errors: readonly PlanError[] };

/**
 * Parses a plan file.
 *
 * @param text - YAML or JSON.
 * @param fileName - Named in errors.
 * @returns The plan with every default filled in and notes worth showing; or every error, each with key, line and the nearest valid key or value.
 */
export function parsePlan(text: string, fileName: string): PlanResult {
  const read = readPlanText(text);
  if (read.ok) return check(read.value, { fileName, value: read.value, lineOf: read.lineOf });
  const errors = read.problems.map(({ text: problem, line }) => ({
    message: `${line === null ? fileName : `${fileName} line ${line}`}: ${problem}`,
    key: '',
    line,
    nearest: null,
  }));
  return { ok: false, errors };
}

/**
 * Parses a plan that is already a value, such as one that came in a message.
 *
 * @param value - Plain JSON.
 * @param name - Named in errors.
 */
export function parsePlanValue(value: unknown, name = 'plan'): PlanResult {
  return check(value, { fileName: name, value, lineOf: () => null });
}

/** The errors as lines of text, ready for a terminal or a page. */
export function formatPlanErrors(errors: readonly PlanError[]): string {
  return errors.map(({ message }) => message).join('\n');
}

function check(value: unknown, context: ErrorContext): PlanResult {
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) return { ok: false, errors: schemaErrors(parsed.error.issues, context) };
  const broken = brokenRules(parsed.data);
  if (broken.length > 0) return { ok: false, errors: broken.map(({ path, text, nearest }) => planError(context, path, text, nearest)) };
  return { ok: true, plan: parsed.data, notes: notesOf(parsed.data) };
}

function notesOf(plan: Plan): string[] {
  const notes: string[] = [];
  const { algorithm, exact, split } = plan;
  if (plan.synthetic) notes.push('This is a study on made-up patients; no real patient may be used in it.');
  if ((algorithm.kind === 'newton' ? algorithm.ridge : exact.ridge) === 0) {
    notes.push('Without a penalty the exact fit fails where the classes can be separated.');
  }
  if (split.by === 'row') notes.push('Rows are divided by their number: two rows of one patient can end in different parts.');
  if ('validation' in split && split.validation === 0) notes.push('No rows are kept for choosing between models.');
  return notes;
}
