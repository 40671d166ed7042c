/** Codes in an outcome's column that a rule such as `died == 1` would count as "no event" in silence: 9 for unknown, or a third value. */
import { codeKey } from './cells.ts';
import type { QualityCheck } from './checked-table.ts';
import { isEvent, parseEventRule } from './event-rule.ts';
import { cellNumber } from './measured.ts';
import { isFarOut } from './quality-features.ts';
import { fail, type QualityInput, warn } from './quality-input.ts';
import { cellText, rowNumberAt, rowsIn } from './raw-access.ts';
import { outcomesOf } from './sources.ts';
import { isSentinel } from './words.ts';

/** A column with more different numbers holds a measurement, not codes. */
const MOST_CODES = 12;

/** The checks of every outcome that is told by a rule; none where the column holds two values. */
export function outcomeCodeChecks({ raw, spec, sources }: QualityInput): QualityCheck[] {
  return outcomesOf(spec).flatMap((outcome) => {
    const text = outcome.task === 'binary' ? outcome.positive : outcome.task === 'time-to-event' ? outcome.event : null;
    if (text === null) return [];
    const rule = parseEventRule(text);
    const { at, mapping } = sources.outcome.get(rule.column)!;
    const settled = new Set([...mapping.missing, ...mapping.codes.map(({ from }) => codeKey(from))]);
    const rows = new Map<number, number[]>();
    for (let row = 0; row < rowsIn(raw); row++) {
      const cell = cellText(raw, row, at);
      const value = settled.has(codeKey(cell)) ? null : cellNumber(raw, at, cell);
      if (value === null) continue;
      const own = rows.get(value);
      if (own === undefined) rows.set(value, [rowNumberAt(raw, row)]);
      else own.push(rowNumberAt(raw, row));
      if (rows.size > MOST_CODES) return [];
    }
    const values = [...rows.keys()];
    if (values.length < 3) return [];
    const suspect = values.find((value) => value !== 0 && value !== rule.value && isSentinel(value) && isFarOut(values, value));
    if (suspect !== undefined) {
      const own = rows.get(suspect)!;
      const taken = isEvent(rule, suspect) ? 'the event' : 'no event';
      const message = `${rule.column}: ${suspect} stands ${own.length === 1 ? 'once' : `${own.length} times`} and would count as ${taken}. Is it a code for "missing"? Say so in the mapping, or that it is right as it is.`;
      return [fail(`missing-code:${outcome.name}`, message, own)];
    }
    if (rule.comparison !== '==') return [];
    const others = values.filter((value) => value !== rule.value).sort((a, b) => a - b);
    const message = `${rule.column}: ${others.join(', ')} all count as no event. Is that meant?`;
    return [
      warn(
        `codes:${outcome.name}`,
        message,
        others.slice(1).flatMap((value) => rows.get(value)!),
      ),
    ];
  });
}
