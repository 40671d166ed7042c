/**
 * The columns a model sees, in the order of the plan's features: a number as it is, a binary feature as 0 or 1, a
 * category as one 0/1 column for each code but the reference, named `feature=code`.
 */
import type { Feature } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';

export interface DesignColumn {
  readonly name: string;
  readonly feature: Feature;
  /** Which code's presence this column marks, by position; null for a number. */
  readonly level: number | null;
}

/** Every design column of a plan, before any is left out. */
export function designColumns(plan: Plan): DesignColumn[] {
  return plan.features.flatMap((feature): DesignColumn[] => {
    if (feature.type === 'number') return [{ name: feature.name, feature, level: null }];
    if (feature.type === 'binary') return [{ name: feature.name, feature, level: 1 }];
    return feature.codes.slice(1).map(({ code }, index) => ({ name: `${feature.name}=${code}`, feature, level: index + 1 }));
  });
}

/** A checked value as the column shows it; NaN stays NaN. */
export function columnValue(column: DesignColumn, value: number): number {
  return column.level === null || Number.isNaN(value) ? value : Number(value === column.level);
}
