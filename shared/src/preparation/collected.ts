/**
 * Not collected here, as against missing for this patient (learning.md §2.4). A feature counts as collected at a hospital where a training
 * patient has a value of it; a person can also say in the mapping that it is not.
 */
import type { CheckedTable } from '../schema/index.ts';
import { SET } from './sides.ts';

/** Whether any training row has a value. @param values - Shape (rows,). @param sets - The part of each row. */
export function hasTrainingValue(values: Float64Array, sets: Uint8Array): boolean {
  return values.some((value, row) => sets[row] === SET.train && !Number.isNaN(value));
}

/** Features that a person or the file itself says are not collected at this hospital: declared so, or without a single value. */
export function uncollected({ uses, values }: Pick<CheckedTable, 'uses' | 'values'>): string[] {
  return uses.flatMap(({ feature, status }) => {
    const isEmpty = values.get(feature)?.every(Number.isNaN) ?? true;
    return status === 'not-collected' || isEmpty ? [feature] : [];
  });
}
