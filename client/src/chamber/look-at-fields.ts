/**
 * How a table answers each field of the plan under a mapping: the column, how sure that is, and what a person needs to judge it.
 * Display values only: counts, a histogram, the commonest texts of coded columns.
 */
import type { RawTable } from '@consilium/shared/reading';
import { type ColumnMapping, isNotCollected, type Mapping, type Proposal, plainColumn } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import type { Certainty, FieldView, Reason } from './data-calls.ts';
import { lookAtCodes } from './look-at-codes.ts';
import { lookAtNumbers } from './look-at-numbers.ts';
import { type PlanField, planFields } from './plan-fields.ts';

const NOTHING = { values: 0, missing: 0, refused: 0, histogram: null, units: [], texts: [], textCount: 0, missingCodes: [] } as const;

/**
 * @param mapping - As it is now.
 * @param proposal - What was found by looking; the mapping may have left it.
 * @returns One view a field, in the order of `planFields`.
 */
export function lookAtFields(plan: Plan, raw: RawTable, mapping: Mapping, proposal: Proposal): readonly FieldView[] {
  return planFields(plan).map((field) => lookAtField(field, raw, mapping, proposal));
}

export function lookAtField(field: PlanField, raw: RawTable, mapping: Mapping, proposal: Proposal): FieldView {
  const base = { ...NOTHING, part: field.part, name: field.name, column: null, confidence: null } as const;
  if (field.part === 'feature' && isNotCollected(mapping.features[field.name])) {
    return { ...base, certainty: 'sure', reasons: [why('not-collected')] };
  }
  const entry = entryFor(field, mapping);
  if (entry === null || !raw.columns.includes(entry.column)) {
    const isFree = field.kind === 'text' && !field.isNeeded;
    return { ...base, certainty: isFree ? 'sure' : 'open', reasons: [why(isFree ? 'optional' : 'choose')] };
  }
  const match = matchOf(field, entry.column, proposal);
  const found = { ...base, ...match, column: entry.column };
  if (field.kind === 'text') return found;
  if (field.kind === 'codes') {
    const { view, unknown } = lookAtCodes(field, raw, entry, mapping);
    // Texts that stand for none of the plan's codes wait for a person.
    return unknown === 0 ? { ...found, ...view } : { ...found, ...view, ...doubt(match, why('codes', String(unknown))) };
  }
  const { view, suspected } = lookAtNumbers(field.feature, raw, entry, mapping);
  const isDoubted = suspected !== null && !mapping.accepted.includes(`unit:${field.name}`);
  return isDoubted ? { ...found, ...view, ...doubt(match, why('unit', suspected)) } : { ...found, ...view };
}

function entryFor({ part, name }: PlanField, mapping: Mapping): ColumnMapping | null {
  switch (part) {
    case 'patient':
      return mapping.patientId === null ? null : plainColumn(mapping.patientId);
    case 'split':
      return mapping.split === null ? null : plainColumn(mapping.split);
    case 'outcome':
      return mapping.outcome[name] ?? null;
    case 'feature': {
      const entry = mapping.features[name];
      return entry === undefined || isNotCollected(entry) ? null : entry;
    }
  }
}

type Match = Pick<FieldView, 'certainty' | 'confidence' | 'reasons'>;

/** A column of the proposal is as sure as that; one that a person chose is sure. */
function matchOf(field: PlanField, column: string, proposal: Proposal): Match {
  if (field.kind === 'text')
    return { certainty: 'sure', confidence: null, reasons: [why(column === field.column ? 'the-same-name' : 'by-content')] };
  const found = [...proposal.features, ...proposal.outcome].find(({ name }) => name === field.name);
  if (found?.best?.column !== column) return { certainty: 'sure', confidence: null, reasons: [why('chosen')] };
  const { confidence, reason } = found.best;
  return { certainty: found.isSure ? 'sure' : 'look', confidence, reasons: reason.split('; ').map(reasonOf) };
}

const doubt = ({ reasons }: Match, reason: Reason): { readonly certainty: Certainty; readonly reasons: readonly Reason[] } => ({
  certainty: 'open',
  reasons: [...reasons, reason],
});

const why = (id: string, text = ''): Reason => ({ id, text });

/** The matcher's own words, as an id of the page's. */
function reasonOf(text: string): Reason {
  if (text.startsWith('another word for ')) return why('another-word-for-it', text);
  return why(text.toLowerCase().replace(/[^a-z]+/g, '-'), text);
}
