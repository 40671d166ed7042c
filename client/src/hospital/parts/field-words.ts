/** The words for a field of the plan: its title, what its values may be, and units as clinicians write them. */
import type { PlanField } from '../../chamber/index.ts';
import { say, sayOr } from '../../messages/index.ts';

export function fieldTitle(field: PlanField): string {
  switch (field.part) {
    case 'feature':
      return field.label;
    case 'outcome':
      return say('data.field.outcome', { name: field.label === field.name ? field.label : `${field.label} (${field.name})` });
    case 'patient':
      return say('data.field.patient');
    case 'split':
      return say('data.field.split');
  }
}

/** What a field's values may be, in a line. */
export function valuesOf(field: PlanField): string {
  switch (field.kind) {
    case 'text':
      return say('data.wanted.any');
    case 'codes':
      return field.rule ?? field.codes.map(({ code, label }) => (code === label ? code : `${code} = ${label}`)).join(', ');
    case 'number': {
      const { range, unit } = field.feature;
      return `${range[0]} – ${range[1]}${unit === undefined ? '' : ` ${unitWords(unit)}`}`;
    }
  }
}

/** A code's label; an event rule's two are the page's own words. */
export const codeLabel = (field: Extract<PlanField, { kind: 'codes' }>, label: string): string =>
  field.rule === null ? label : say(label === 'event' ? 'data.codes.event' : 'data.codes.no-event');

const UNIT_WORDS: { readonly [unit: string]: string } = {
  'mm[Hg]': 'mmHg',
  'cm[H2O]': 'cmH₂O',
  Cel: '°C',
  '[degF]': '°F',
  '[in_i]': 'inch',
  '[ft_i]': 'feet',
  '[lb_av]': 'lb',
  '[stone_av]': 'stone',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  'kg/m2': 'kg/m²',
};

/** A UCUM unit as clinicians write it. */
export function unitWords(unit: string): string {
  return sayOr(`data.unit.${unit}`, UNIT_WORDS[unit] ?? unit.replace(/^10\*(\d+)/, '10^$1').replace(/^u(?=[A-Za-z])/, 'µ'));
}
