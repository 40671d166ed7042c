/**
 * The columns a model sees, in the order of the plan's features: a number as it is, with the curved parts of its spline behind it; a binary
 * feature as 0 or 1; a category as one 0/1 column for each code but the reference, named `feature=code`. Where the
 * plan asks for indicators, `feature:missing` follows. Then the declared interactions.
 */
import type { Feature } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { curvedParts, curveValue } from './spline.ts';

export interface DesignColumn {
  readonly name: string;
  readonly feature: Feature;
  /** Which code's presence this column marks, by position; `missing`: that there is no value; null for a number. */
  readonly level: number | 'missing' | null;
  /** Which curved part of a spline, from 0; null for every other column. */
  readonly curve: number | null;
  /** Names of the two columns whose product this is; null for every other column. */
  readonly product: readonly [string, string] | null;
}

/** Every design column of a plan, before any is left out. */
export function designColumns(plan: Plan): DesignColumn[] {
  const marks = (feature: Feature): DesignColumn[] =>
    plan.preprocess.indicators ? [{ name: `${feature.name}:missing`, feature, level: 'missing', curve: null, product: null }] : [];
  return [...plan.features.flatMap((feature) => [...featureColumns(feature), ...marks(feature)]), ...interactionColumns(plan)];
}

function featureColumns(feature: Feature): DesignColumn[] {
  const plain = { feature, curve: null, product: null };
  if (feature.type === 'number') {
    const curved = Array.from({ length: curvedParts(feature) }, (_, curve) => ({
      ...plain,
      name: `${feature.name}${"'".repeat(curve + 1)}`,
      level: null,
      curve,
    }));
    return [{ ...plain, name: feature.name, level: null }, ...curved];
  }
  if (feature.type === 'binary') return [{ ...plain, name: feature.name, level: 1 }];
  return feature.codes.slice(1).map(({ code }, index) => ({ ...plain, name: `${feature.name}=${code}`, level: index + 1 }));
}

/** Every pair of the two features' columns; of a spline its straight part. */
function interactionColumns({ interactions, features }: Plan): DesignColumn[] {
  return interactions.flatMap(([first, second]) =>
    straightColumns(features, first).flatMap((a) =>
      straightColumns(features, second).map(
        (b): DesignColumn => ({
          name: `${a.name}*${b.name}`,
          feature: a.feature,
          level: null,
          curve: null,
          product: [a.name, b.name],
        }),
      ),
    ),
  );
}

const straightColumns = (features: readonly Feature[], name: string): DesignColumn[] =>
  features.filter((feature) => feature.name === name).flatMap((feature) => featureColumns(feature).filter(({ curve }) => curve === null));

/**
 * A checked value as the column of one feature shows it; NaN stays NaN.
 *
 * @param isCollected - Whether this hospital collects the feature: where it does not, nothing is missing for one patient more than for another.
 * @param knots - Of a curved part.
 */
export function columnValue(
  column: Pick<DesignColumn, 'level' | 'curve'>,
  value: number,
  isCollected: boolean,
  knots: readonly number[] | null = null,
): number {
  if (column.level === 'missing') return isCollected ? Number(Number.isNaN(value)) : Number.NaN;
  if (Number.isNaN(value)) return value;
  if (column.curve !== null) return curveValue(knots ?? [], column.curve, value);
  return column.level === null ? value : Number(value === column.level);
}
