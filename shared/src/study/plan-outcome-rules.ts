/** What a plan's outcomes must mean together. */
import { outcomeColumns, parseEventRule } from '../schema/index.ts';
import { type BrokenRule, broken } from './broken-rule.ts';
import { type Plan, patientColumnOf, trainsByRounds } from './plan.ts';

export function* outcomeRules(plan: Plan): Generator<BrokenRule> {
  const primaries = plan.outcomes.filter(({ role }) => role === 'primary').length;
  if (primaries !== 1) yield broken(['outcomes'], `must hold exactly one outcome with role primary, not ${primaries}`);
  const names = plan.outcomes.map(({ name }) => name);
  const patientColumn = patientColumnOf(plan);
  for (const [index, outcome] of plan.outcomes.entries()) {
    const path = ['outcomes', index];
    if (names.indexOf(outcome.name) !== index) yield broken([...path, 'name'], `"${outcome.name}" is used twice`);
    if (outcomeColumns(outcome).some((column) => column === patientColumn))
      yield broken(path, `reads "${patientColumn}", which identifies patients`);
    if (outcome.task === 'binary') {
      const { column } = parseEventRule(outcome.positive);
      if (column !== outcome.column)
        yield broken([...path, 'positive'], `speaks of "${column}", but the outcome's column is "${outcome.column}"`, outcome.column);
    }
    if (outcome.task === 'time-to-event') {
      if (parseEventRule(outcome.event).column === outcome.time)
        yield broken([...path, 'event'], `speaks of "${outcome.time}", which is the column of the time`);
      if (outcome.longest < outcome.horizon)
        yield broken([...path, 'longest'], `is ${outcome.longest}, below the horizon of ${outcome.horizon}`, String(outcome.horizon));
    }
    if (outcome.role === 'primary' && outcome.task === 'count' && trainsByRounds(plan))
      yield broken([...path, 'task'], 'is count, which is fitted exactly only; choose the algorithm newton', null);
  }
}
