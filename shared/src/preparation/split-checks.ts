/** What the report says of the split: a patient on both sides, too few patients. */
import type { CheckedTable, QualityCheck } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { uncollected } from './collected.ts';
import { SET } from './sides.ts';

/** Fewest rows in use a site should bring, and fewest without a warning. */
const FEWEST_ROWS = 10;
const FEW_ROWS = 30;

/** Checks of a checked table and the part of each of its rows. */
export function splitChecks(plan: Plan, table: CheckedTable, sets: Uint8Array): QualityCheck[] {
  const used = sets.reduce((count, set) => count + Number(set !== SET.none), 0);
  const few = `${used} rows can be used`;
  const checks: QualityCheck[] = [
    used < FEWEST_ROWS
      ? { id: 'few-patients', status: 'fail', text: `Only ${few}; a hospital needs at least ${FEWEST_ROWS}.`, rows: [] }
      : { id: 'few-patients', status: used < FEW_ROWS ? 'warn' : 'pass', text: `${few}.`, rows: [] },
  ];
  const absent = plan.preprocess.unavailable === 'exclude-site' ? uncollected(table) : [];
  if (absent.length > 0) {
    const text = `This study leaves out hospitals that do not collect ${absent.join(', ')}. If a column of this file holds it, choose that column.`;
    checks.push({ id: 'unavailable', status: 'fail', text, rows: [] });
  }
  const torn = patientsOnBothSides(table, sets);
  if (torn.length > 0) {
    const text = `${torn.length} rows belong to patients who are on more than one side of the split. One patient must be in one part only.`;
    checks.push({ id: 'split-patients', status: 'fail', text, rows: torn });
  }
  return checks;
}

function patientsOnBothSides({ patients, rowNumber }: CheckedTable, sets: Uint8Array): number[] {
  if (patients === null) return [];
  const side = new Map<string, number>();
  const torn = new Set<string>();
  patients.forEach((patient, row) => {
    const set = sets[row]!;
    if (patient === '' || set === SET.none) return;
    const before = side.get(patient);
    if (before === undefined) side.set(patient, set);
    else if (before !== set) torn.add(patient);
  });
  if (torn.size === 0) return [];
  return patients.flatMap((patient, row) => (torn.has(patient) && sets[row] !== SET.none ? [rowNumber[row]!] : []));
}
