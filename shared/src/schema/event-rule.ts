/** When an event happened, told from a column by a comparison: `num > 0`. */

export const EVENT = /^(.+?)\s*(>=|<=|==|!=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

export interface EventRule {
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/**
 * Reads an outcome's `positive`.
 *
 * @param positive - For example `num > 0`.
 * @returns Its parts.
 * @throws RangeError if it has not that form; a parsed plan always has.
 * @example parseEventRule('num > 0') // { column: "num", comparison: ">", value: 0 }
 */
export function parseEventRule(positive: string): EventRule {
  const match = EVENT.exec(positive.trim());
  if (!match) throw new RangeError(`parseEventRule: expected "column > number", got "${positive}"`);
  return { column: match[1]!.normalize('NFC').trim(), comparison: match[2] as Comparison, value: Number(match[3]) };
}

/** Whether `value` satisfies the rule. */
export function isEvent(rule: EventRule, value: number): boolean {
  switch (rule.comparison) {
    case '>':
      return value > rule.value;
    case '>=':
      return value >= rule.value;
    case '<':
      return value < rule.value;
    case '<=':
      return value <= rule.value;
    case '==':
      return value === rule.value;
    case '!=':
      return value !== rule.value;
  }
}
