/** What a plan wants a column for: its features, and the columns its outcomes are told from. */
import { codeKey } from './cells.ts';
import type { TableSpec } from './checked-table.ts';
import { codeTeller } from './code-words.ts';
import type { Feature } from './dictionary.ts';
import { parseEventRule } from './event-rule.ts';
import { outcomeColumns } from './outcome.ts';
import { outcomesOf } from './sources.ts';
import { synonymGroup } from './synonyms.ts';
import { meaningsOf } from './words.ts';

const DEATH = synonymGroup('death');

export type Target =
  | { readonly kind: 'feature'; readonly name: string; readonly feature: Feature }
  | {
      readonly kind: 'outcome';
      readonly name: string;
      readonly yes: string | null;
      readonly no: string | null;
      readonly labels: readonly string[];
      readonly codes: readonly { readonly code: string; readonly label: string }[] | null;
    };

export function outcomeTargets(spec: TableSpec): Target[] {
  const targets = outcomesOf(spec).flatMap((outcome) => {
    const columns = outcomeColumns(outcome);
    return columns.map((name, index): Target => {
      const labels = columns.length === 1 || index === 1 ? [outcome.name] : [];
      const rule = outcome.task === 'binary' ? outcome.positive : outcome.task === 'time-to-event' && index === 1 ? outcome.event : null;
      const codes = outcome.task === 'multiclass' ? outcome.codes : null;
      return { kind: 'outcome', name, labels, codes, ...(rule === null ? { yes: null, no: null } : wordsOf(rule)) };
    });
  });
  return targets.filter(({ name }, at) => targets.findIndex((other) => other.name === name) === at);
}

/** The numbers that stand for "it happened" and "it did not" under a rule. */
function wordsOf(rule: string): { readonly yes: string | null; readonly no: string | null } {
  const { comparison, value } = parseEventRule(rule);
  switch (comparison) {
    case '>':
      return { yes: String(value + 1), no: String(value) };
    case '>=':
      return { yes: String(value), no: String(value - 1) };
    case '==':
      return { yes: String(value), no: String(value === 0 ? 1 : 0) };
    case '!=':
      return { yes: String(value === 0 ? 1 : 0), no: String(value) };
    case '<':
      return { yes: String(value - 1), no: String(value) };
    case '<=':
      return { yes: String(value), no: String(value + 1) };
  }
}

/** Tells the plan's number or code for a text of an outcome's column; null for one that is neither. */
export function outcomeTeller(target: Target): (text: string) => string | null {
  if (target.kind === 'outcome' && target.codes !== null) {
    return codeTeller({ name: target.name, label: target.name, type: 'category', codes: target.codes });
  }
  const isDeath = target.kind === 'outcome' && [target.name, ...target.labels].some((name) => synonymGroup(name) === DEATH);
  return (text) => {
    const key = codeKey(text);
    if (!Number.isNaN(Number(key)) && key !== '') return key;
    if (target.kind !== 'outcome') return null;
    const meanings = meaningsOf(text);
    if (isDeath && meanings.includes('dead')) return target.yes;
    if (isDeath && meanings.includes('alive')) return target.no;
    if (meanings.includes('yes') && !meanings.includes('no')) return target.yes;
    return meanings.includes('no') && !meanings.includes('yes') ? target.no : null;
  };
}
