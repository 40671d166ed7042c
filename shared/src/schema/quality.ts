/**
 * The quality report of a checked table: one line a check, with the rows it concerns. It never leaves the hospital. Ids are stable and
 * listed in docs/data-checks.md. A failed check stops a hospital from being ready, unless a person accepts it in the mapping.
 */
import type { QualityCheck } from './checked-table.ts';
import { outcomeCodeChecks } from './outcome-codes.ts';
import { dateChecks } from './quality-dates.ts';
import { featureChecks } from './quality-features.ts';
import { fail, numbersOf, pass, type QualityInput, rowsWhere, warn } from './quality-input.ts';

/**
 * Describes a table's quality.
 *
 * @returns The checks, the general ones first, then those of each feature.
 */
export function qualityChecks(input: QualityInput): QualityCheck[] {
  const { table } = input;
  const checks = [
    table.rowCount > 0 ? pass('rows', `${table.rowCount} rows were read.`) : fail('rows', 'There are no rows.'),
    outcomeClasses(input),
    outcomeMissing(input),
    ...outcomeCodeChecks(input),
    raggedRows(input),
    rejectedCells(input),
    ...dateChecks(input),
    repeatedRows(input),
    ...repeatedPatients(input),
    ...exclusions(input),
    ignoredColumns(input),
    ...input.spec.features.flatMap((feature) => featureChecks(input, feature)),
  ];
  return checks.map((check) => acceptedCheck(check, input.mapping?.accepted ?? []));
}

/** A failed check that a person looked at and found right is a warning. */
export function acceptedCheck(check: QualityCheck, accepted: readonly string[]): QualityCheck {
  if (check.status !== 'fail' || !accepted.includes(check.id)) return check;
  return { ...check, status: 'warn', text: `${check.text} A person at this hospital has accepted it.` };
}

function outcomeClasses({ table, spec: { outcome } }: QualityInput): QualityCheck {
  const id = 'outcome-classes';
  const kept = Array.from(table.outcome.keys()).filter((row) => !table.leftOut.has(row) && !Number.isNaN(table.outcome[row]!));
  const known = kept.length;
  if (known === 0) return fail(id, 'No row has a known outcome.');
  if (outcome.task === 'regression' || outcome.task === 'count' || outcome.task === 'multiclass') {
    const distinct = new Set(kept.map((row) => table.outcome[row]!)).size;
    const what = outcome.task === 'multiclass' ? 'classes' : 'different values';
    if (distinct > 1) return pass(id, `${known} rows have a known outcome, with ${distinct} ${what}.`);
    return warn(id, `All ${known} rows with a known outcome have the same one: little can be judged at this site alone.`);
  }
  const events = kept.filter((row) => table.outcome[row] === 1).length;
  if (outcome.task === 'time-to-event') {
    const atZero = kept.filter((row) => table.time?.[row] === 0).length;
    const zero = atZero > 0 ? ` ${atZero} rows have a time of 0.` : '';
    if (events > 0) return pass(id, `${events} of ${known} rows have the event; the others are censored.${zero}`);
    return warn(id, `None of the ${known} rows has the event: this site's survival cannot be judged alone.${zero}`);
  }
  if (events > 0 && events < known) return pass(id, `${events} rows have the event and ${known - events} do not.`);
  const which = events > 0 ? 'have the event' : 'are without the event';
  return warn(id, `All ${known} rows with a known outcome ${which}: no ranking can be judged at this site alone.`);
}

function outcomeMissing({ table }: QualityInput): QualityCheck {
  const rows = rowsWhere(table, table.outcome, Number.isNaN);
  if (rows.length === 0) return pass('outcome-missing', 'Every row has an outcome.');
  return warn('outcome-missing', `${rows.length} rows have no usable outcome and will be left out.`, rows);
}

function raggedRows({ raw: { ragged, columns } }: QualityInput): QualityCheck {
  if (ragged.length === 0) return pass('ragged-rows', `Every row has ${columns.length} cells.`);
  const rows = ragged.map(({ row }) => row);
  return warn('ragged-rows', `${ragged.length} rows do not have ${columns.length} cells and are treated as empty.`, rows);
}

function rejectedCells({ table: { rejected } }: QualityInput): QualityCheck {
  if (rejected.length === 0) return pass('rejected-cells', 'Every cell fits the dictionary.');
  const rows = [...new Set(rejected.map(({ row }) => row))];
  return warn('rejected-cells', `${rejected.length} cells do not fit the dictionary and are treated as missing.`, rows);
}

function repeatedRows({ table, duplicates: { repeated, dropped } }: QualityInput): QualityCheck {
  if (repeated.length === 0) return pass('repeated-rows', 'No row is repeated.');
  const what = dropped.length === 0 ? 'They are kept.' : `${dropped.length} of them are left out.`;
  return warn(
    'repeated-rows',
    `${repeated.length} rows repeat an earlier row in every column of the study. ${what}`,
    numbersOf(table, repeated),
  );
}

const DECIDED = {
  first: "The first row of such a patient counts, by this hospital's decision.",
  last: "The last row of such a patient counts, by this hospital's decision.",
  none: "Such patients are left out, by this hospital's decision.",
} as const;

function repeatedPatients({ table, duplicates, mapping }: QualityInput): QualityCheck[] {
  const { patients } = table;
  if (patients === null) return [];
  const seen = new Set<string>();
  const again: number[] = [];
  const without: number[] = [];
  patients.forEach((patient, row) => {
    if (patient === '') without.push(row);
    else if (seen.has(patient)) again.push(row);
    seen.add(patient);
  });
  seen.delete('');
  const checks = [
    again.length === 0
      ? pass('patients', `${seen.size} patients, one row each.`)
      : warn(
          'patients',
          `${again.length} rows belong to a patient seen before; all rows of a patient go to the same part.`,
          numbersOf(table, again),
        ),
  ];
  const { conflicting } = duplicates;
  if (conflicting.length > 0) {
    const decision = mapping?.conflicts ?? null;
    const what = decision === null ? 'Decide which rows are right, or keep them all.' : DECIDED[decision];
    const text = `${conflicting.length} rows of a patient seen before hold other values. ${what}`;
    checks.push(warn('conflicting-rows', text, numbersOf(table, conflicting)));
  }
  if (without.length > 0)
    checks.push(warn('patient-missing', `${without.length} rows name no patient and will be left out.`, numbersOf(table, without)));
  return checks;
}

function exclusions({ table, excluded }: QualityInput): QualityCheck[] {
  const { rows, listed, matched, matchedLoosely, isPossible } = excluded;
  if (listed === 0) return [];
  if (!isPossible) return [fail('exclusions', 'There is an exclusion list, but no column of this file tells patients apart: choose it.')];
  const unmatched = listed - matched - matchedLoosely;
  const loosely =
    matchedLoosely > 0 ? ` ${matchedLoosely} patients match only with case and zeros in front left aside; they are left out too.` : '';
  const rest = unmatched > 0 ? ` ${unmatched} entries match no row.` : '';
  const text = `${rows.size} rows are left out by the exclusion list of ${listed} entries.${loosely}${rest}`;
  const concerned = numbersOf(table, [...rows]);
  return [rows.size === 0 || matchedLoosely > 0 ? warn('exclusions', text, concerned) : pass('exclusions', text, concerned)];
}

function ignoredColumns({ raw, sources }: QualityInput): QualityCheck {
  const used = new Set<number>([...sources.extra.values(), ...(sources.patientAt === null ? [] : [sources.patientAt])]);
  for (const source of [...sources.features.values(), ...sources.outcome.values()]) {
    if (source === null) continue;
    used.add(source.at);
    if (source.untilAt !== null) used.add(source.untilAt);
  }
  const ignored = raw.columns.filter((_, at) => !used.has(at));
  if (ignored.length === 0) return pass('ignored-columns', 'Every column of the file belongs to the study.');
  return pass('ignored-columns', `Not part of the study and not looked at: ${ignored.join(', ')}.`);
}
