/**
 * What a study predicts: one entry of `outcomes`, by task, and how a row of a file becomes its value (learning.md §1, §3).
 *
 * Rule: `y` is 0 or 1 (binary), the class's position (multiclass), the number (regression), the count (count), or whether
 * the event was seen (time-to-event, with `time`); NaN where the outcome is not known.
 */
import { z } from 'zod';
import { codeKey, isMissingText, parseNumber } from './cells.ts';
import { EVENT, isEvent, parseEventRule } from './event-rule.ts';
import { codesSchema, columnName, NAME } from './names.ts';

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'must be [low, high] with low below high');

const common = {
  name: z.string().max(64).regex(NAME, 'must begin with a letter and hold only letters, digits, "_", "." and "-"').describe('short name'),
  label: z.string().min(1).max(200).optional().describe('name in words, as pages and sheets of one patient have it; default: the name'),
  role: z
    .enum(['primary', 'harm'])
    .default('primary')
    .describe('the primary outcome, or a harm that is fitted beside it by its own exact model'),
};
const column = columnName.describe("column of the hospital's file");
const unit = z.string().max(40).optional().describe('unit in UCUM, such as mm[Hg]');
const eventText = (what: string) =>
  z.string().max(260).regex(EVENT, 'must be: column, one of > >= < <= == !=, number; for example "num > 0"').describe(what);

const binary = z.strictObject({
  ...common,
  task: z.literal('binary').describe('whether an event happened'),
  column,
  positive: eventText('when the event happened, for example "num > 0"'),
});

const multiclass = z.strictObject({
  ...common,
  task: z.literal('multiclass').describe('which of several classes'),
  column,
  codes: codesSchema.refine((list) => list.length >= 3 && list.length <= 20, 'must name 3 to 20 classes'),
});

const regression = z.strictObject({
  ...common,
  task: z.literal('regression').describe('a measured quantity'),
  column,
  unit,
  range: range.describe('lowest and highest plausible value; a row outside has no known outcome'),
});

const count = z.strictObject({
  ...common,
  task: z.literal('count').describe('how often something happened'),
  column,
  range: z
    .tuple([z.literal(0), z.int().min(1).max(10_000)])
    .default([0, 100])
    .describe('0 and the highest plausible count; a row outside has no known outcome'),
});

const timeToEvent = z.strictObject({
  ...common,
  task: z.literal('time-to-event').describe('when an event happened, or how long it had not'),
  time: columnName.describe('column with the time from time zero to the event or to the end of follow-up; 0 or more'),
  event: z
    .string()
    .min(1)
    .max(260)
    .transform((text) => (EVENT.test(text.trim()) ? text.trim() : `${text.normalize('NFC').trim()} == 1`))
    .describe('when the event was seen: a rule such as "status == 2", or a column that is 1 for it'),
  competing: z.null().default(null).describe('competing events; not in this release'),
  horizon: z.number().gt(0).describe("the time at which risks are told, in the time's unit"),
  longest: z.number().gt(0).optional().describe('longest plausible time; default: ten horizons'),
  unit: z.string().max(40).default('d').describe('unit of time in UCUM'),
  intervals: z.int().min(1).max(40).default(12).describe('most intervals of the discrete-time hazard up to the horizon'),
});

/** Why a negative time is refused. */
export const BEFORE_ZERO = 'before time zero';

/** One entry of `outcomes`. Parsing fills every default; parsing again changes nothing. */
export const outcomeSchema = z
  .discriminatedUnion('task', [binary, multiclass, regression, count, timeToEvent])
  .transform((outcome) => (outcome.task === 'time-to-event' ? { ...outcome, longest: outcome.longest ?? 10 * outcome.horizon } : outcome));

export type Outcome = z.output<typeof outcomeSchema>;
export type Task = Outcome['task'];
/** The outcome of one task. */
export type OutcomeOf<Name extends Task> = Extract<Outcome, { readonly task: Name }>;

/** A rule of a time-to-event outcome's event as a sentence's end needs it. */
export type OutcomeReader = (cells: readonly string[]) => OutcomeCell;

/** One row's outcome; `fault` says which column was refused and why. */
export interface OutcomeCell {
  readonly y: number;
  /** NaN for every task but time-to-event. */
  readonly time: number;
  readonly fault: { readonly column: string; readonly text: string; readonly reason: string } | null;
}

/** An outcome’s name as people read it. */
export const outcomeLabel = ({ name, label }: Pick<Outcome, 'name' | 'label'>): string => label ?? name;

/** The columns an outcome is read from, in the order `outcomeReader` expects their cells. */
export function outcomeColumns(outcome: Outcome): readonly string[] {
  return outcome.task === 'time-to-event' ? [outcome.time, parseEventRule(outcome.event).column] : [outcome.column];
}

/**
 * Makes the function that reads one row's outcome.
 *
 * @param outcome - A parsed outcome.
 * @param decimal - The file's decimal mark.
 * @returns A function of the cells of `outcomeColumns(outcome)`. An empty or missing cell is NaN without a fault.
 */
export function outcomeReader(outcome: Outcome, decimal: '.' | ','): OutcomeReader {
  const known = (y: number, time = Number.NaN): OutcomeCell => ({ y, time, fault: null });
  const unknown = known(Number.NaN);
  const refuse = (at: number, text: string, reason: string): OutcomeCell => ({
    ...unknown,
    fault: { column: outcomeColumns(outcome)[at]!, text, reason },
  });
  if (outcome.task === 'multiclass') {
    const positions = new Map(outcome.codes.map(({ code }, index) => [code, index]));
    const reason = `not one of the codes ${outcome.codes.map(({ code }) => code).join(', ')}`;
    return ([text = '']) => {
      const at = positions.get(codeKey(text, decimal));
      if (at !== undefined) return known(at);
      return isMissingText(text) ? unknown : refuse(0, text, reason);
    };
  }
  if (outcome.task === 'time-to-event') {
    const rule = parseEventRule(outcome.event);
    return ([timeText = '', eventCell = '']) => {
      if (isMissingText(timeText) || isMissingText(eventCell)) return unknown;
      const [time, event] = [parseNumber(timeText, decimal), parseNumber(eventCell, decimal)];
      if (time === null) return refuse(0, timeText, 'not a number');
      if (event === null) return refuse(1, eventCell, 'not a number');
      if (time < 0) return refuse(0, timeText, BEFORE_ZERO);
      if (time > outcome.longest) return refuse(0, timeText, `longer than ${outcome.longest}`);
      return known(Number(isEvent(rule, event)), time);
    };
  }
  return ([text = '']) => {
    if (isMissingText(text)) return unknown;
    const value = parseNumber(text, decimal);
    if (value === null) return refuse(0, text, 'not a number');
    if (outcome.task === 'binary') return known(Number(isEvent(parseEventRule(outcome.positive), value)));
    const [low, high] = outcome.range;
    if (value < low || value > high) return refuse(0, text, `outside the range ${low} to ${high}`);
    return outcome.task === 'count' && !Number.isInteger(value) ? refuse(0, text, 'not a whole number') : known(value);
  };
}
