/** One patient as a further row of a site's own table, so that it is prepared by the code and with the scales of all other rows. */
import type { EffectRows } from '../effects/index.ts';
import { type Part, prepare, type Scaling, SET } from '../preparation/index.ts';
import type { CheckedTable, OutcomeValues } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { effectSite } from './effect-site.ts';

/** Typed or picked values by feature name: the number, or the position of the code; NaN where none is known. */
export type PatientValues = { readonly [feature: string]: number };

export interface PatientRow {
  /** One row. Its outcome means nothing. */
  readonly part: Part;
  /** The same as the effect sees it; null in a study without a treatment. */
  readonly effect: EffectRows | null;
}

export function patientRow(plan: Plan, table: CheckedTable, sets: Uint8Array, scaling: Scaling, values: PatientValues): PatientRow {
  const longer = withPatient(plan, table, values);
  const own = append(
    sets.map((set) => (set === SET.test ? 0 : set)),
    SET.test,
  );
  const prepared = prepare(plan, longer, own, scaling);
  const effect = plan.treatment === null ? null : effectSite(plan, longer, own, scaling, prepared).test;
  return { part: prepared.test, effect };
}

/** Values of a row of the table, as they would be typed. @param row - 1-based data row. */
export function valuesOfRow(table: CheckedTable, row: number): PatientValues | null {
  const at = table.rowNumber.indexOf(row);
  if (at < 0) return null;
  return Object.fromEntries([...table.values].map(([name, values]) => [name, values[at]!]));
}

function withPatient(plan: Plan, table: CheckedTable, values: PatientValues): CheckedTable {
  const outcome = ({ y, time }: OutcomeValues): OutcomeValues => ({ y: append(y, 0), time: time === null ? null : append(time, 1) });
  const text = (column: string): string => (plan.treatment?.column === column ? plan.treatment.comparator : '');
  return {
    ...table,
    rowCount: table.rowCount + 1,
    values: new Map([...table.values].map(([name, list]) => [name, append(list, values[name] ?? Number.NaN)])),
    outcome: append(table.outcome, 0),
    time: table.time === null ? null : append(table.time, 1),
    harms: new Map([...table.harms].map(([name, harm]) => [name, outcome(harm)])),
    extra: new Map([...table.extra].map(([name, list]) => [name, [...list, text(name)]])),
    rowNumber: append(table.rowNumber, 0),
    line: append(table.line, 0),
    patients: table.patients === null ? null : [...table.patients, ''],
  };
}

function append<List extends Float64Array | Uint32Array | Uint8Array>(list: List, last: number): List {
  const Longer = list.constructor as new (length: number) => List;
  const longer = new Longer(list.length + 1);
  longer.set(list);
  longer[list.length] = last;
  return longer;
}
