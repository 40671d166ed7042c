/** An outcome's rule as two codes, so that texts such as "ano" and "ne" can be given a number that the rule reads. */
import { isEvent, parseEventRule } from '@consilium/shared/schema';

/**
 * @param positive - Such as `num > 0`.
 * @returns The event first: a number for which the rule holds, and one for which it does not, both next to its bound.
 * @example eventCodes('num > 0') // [{ code: "1", label: "event" }, { code: "0", label: "no-event" }]
 */
export function eventCodes(positive: string): readonly { readonly code: string; readonly label: 'event' | 'no-event' }[] {
  const rule = parseEventRule(positive);
  // 0 and 1 wherever they tell the two apart: that is how people write it.
  const near = [1, 0, rule.value, rule.value + 1, rule.value - 1];
  const yes = near.find((value) => isEvent(rule, value)) ?? rule.value;
  const no = near.find((value) => value !== 1 && !isEvent(rule, value)) ?? near.find((value) => !isEvent(rule, value)) ?? rule.value + 1;
  return [
    { code: String(yes), label: 'event' },
    { code: String(no), label: 'no-event' },
  ];
}
