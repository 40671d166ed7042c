/** Everything a plan asks of a hospital's table, as one list: the patient and split columns, outcomes, features. */
import { type Feature, type Outcome, outcomeColumns, outcomeLabel, parseEventRule } from '@consilium/shared/schema';
import { type Plan, patientColumnOf, splitColumnOf } from '@consilium/shared/study';
import { eventCodes } from './event-codes.ts';

export type NumberFeature = Extract<Feature, { type: 'number' }>;

interface Common {
  readonly part: 'feature' | 'outcome' | 'patient' | 'split';
  /** A feature's name, or the plan's column of an outcome. */
  readonly name: string;
  /** In words: a feature's label, an outcome's name; empty for patient and split. */
  readonly label: string;
  /** The column's name where a file has it as the plan does. */
  readonly column: string;
}

export type PlanField =
  | (Common & { readonly kind: 'text'; readonly isNeeded: boolean })
  | (Common & { readonly kind: 'number'; readonly feature: NumberFeature })
  | (Common & {
      readonly kind: 'codes';
      readonly codes: readonly { readonly code: string; readonly label: string }[];
      readonly missing: readonly string[];
      /** The codes are two numbers of this rule, and labelled `event` and `no-event`; other numbers are read by the rule. Else null. */
      readonly rule: string | null;
    });

export function planFields(plan: Plan): readonly PlanField[] {
  const patient = patientColumnOf(plan);
  const splitColumn = splitColumnOf(plan);
  const text = { kind: 'text', label: '' } as const;
  return [
    // Where no plan needs it, it lets an exclusion list be matched.
    { ...text, part: 'patient', name: 'patient', column: patient ?? '', isNeeded: patient !== null },
    ...(splitColumn === null ? [] : [{ ...text, part: 'split', name: 'split', column: splitColumn, isNeeded: true } as const]),
    ...plan.outcomes.flatMap((outcome) => outcomeColumns(outcome).map((column, at) => outcomeField(outcome, column, at))),
    ...plan.features.map(featureField),
  ];
}

function featureField(feature: Feature): PlanField {
  const common = { part: 'feature', name: feature.name, label: feature.label, column: feature.column } as const;
  if (feature.type === 'number') return { ...common, kind: 'number', feature };
  return { ...common, kind: 'codes', codes: feature.codes, missing: feature.missing, rule: null };
}

function outcomeField(outcome: Outcome, column: string, at: number): PlanField {
  const common = { part: 'outcome', name: column, label: outcomeLabel(outcome), column } as const;
  const number = (range: readonly [number, number], unit: string | undefined): PlanField => {
    const plain = { type: 'number', name: outcome.name, label: outcomeLabel(outcome), column, required: false, modifiable: false } as const;
    const feature = { ...plain, missing: [], range: [range[0], range[1]], ...(unit === undefined ? {} : { unit }) } as NumberFeature;
    return { ...common, kind: 'number', feature };
  };
  const told = (rule: string): PlanField => ({ ...common, kind: 'codes', codes: eventCodes(rule), missing: [], rule });
  switch (outcome.task) {
    case 'binary':
      return told(outcome.positive);
    case 'multiclass':
      return { ...common, kind: 'codes', codes: outcome.codes, missing: [], rule: null };
    case 'time-to-event':
      return at === 0 ? number([0, outcome.longest], outcome.unit) : told(ruleText(outcome.event));
    case 'regression':
      return number(outcome.range, outcome.unit);
    case 'count':
      return number(outcome.range, undefined);
  }
}

function ruleText(event: string): string {
  const { column, comparison, value } = parseEventRule(event);
  return `${column} ${comparison} ${value}`;
}
