/** Values inside a FHIR R4 resource as texts. Source: HL7 FHIR R4, data types. */
import type { Coding } from './records-of-patients.ts';

type Node = Readonly<Record<string, unknown>>;

const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : typeof value === 'boolean' ? (value ? '1' : '0') : '';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The codings of a CodeableConcept, its text as one more. */
export function codingsOf(value: unknown): Coding[] {
  const concept = asNode(value);
  const codings = listOf(concept.coding).map((item) => {
    const { system, code, display } = asNode(item);
    return { system: textOf(system), code: textOf(code), display: textOf(display) };
  });
  const text = textOf(concept.text);
  return text === '' || codings.some(({ display }) => display === text) ? codings : [...codings, { system: '', code: '', display: text }];
}

/** A Coding that stands alone, such as the class of an encounter. */
export function codingOf(value: unknown): Coding[] {
  const { system, code, display } = asNode(value);
  return code === undefined && display === undefined ? [] : [{ system: textOf(system), code: textOf(code), display: textOf(display) }];
}

/** The `value[x]` of an observation or a component; a comparator stays before its number. */
export function observedValue(holder: unknown): { readonly value: string; readonly unit: string } {
  const node = asNode(holder);
  if (node.valueQuantity !== undefined) {
    const { value, unit, code, comparator } = asNode(node.valueQuantity);
    return { value: textOf(comparator) + textOf(value), unit: textOf(code) || textOf(unit) };
  }
  if (node.valueCodeableConcept !== undefined) {
    const codings = codingsOf(node.valueCodeableConcept);
    const named = codings.find(({ display }) => display !== '') ?? codings[0];
    return { value: named === undefined ? '' : named.display || named.code, unit: '' };
  }
  for (const key of ['valueString', 'valueInteger', 'valueBoolean', 'valueDateTime', 'valueTime', 'valueDecimal']) {
    if (node[key] !== undefined) return { value: textOf(node[key]), unit: '' };
  }
  return { value: '', unit: '' };
}

/** The first of several dates that a resource has; of a period, its start. */
export function dateOf(resource: Node, keys: readonly string[]): string {
  for (const key of keys) {
    const value = resource[key];
    const text = typeof value === 'string' ? value : textOf(asNode(value).start);
    if (text !== '') return text;
  }
  return '';
}

/**
 * The text at a path such as `class.code`, `name.family` or `extension:us-core-birthsex`. A list gives its first member that has the rest;
 * `extension:x` is the extension whose address ends in x.
 */
export function textAt(value: unknown, path: string): string {
  return follow(value, path.split('.'), 0);
}

function follow(value: unknown, steps: readonly string[], at: number): string {
  if (Array.isArray(value)) {
    for (const item of (value as unknown[]).slice(0, 1000)) {
      const text = follow(item, steps, at);
      if (text !== '') return text;
    }
    return '';
  }
  const step = steps[at];
  if (step === undefined) {
    const plain = textOf(value);
    if (plain !== '' || typeof value !== 'object' || value === null) return plain;
    const codings = codingsOf(value);
    return codings.find(({ display }) => display !== '')?.display ?? codings[0]?.code ?? textOf(asNode(value).value);
  }
  const node = asNode(value);
  if (!step.startsWith('extension:')) return follow(node[step], steps, at + 1);
  const found = listOf(node.extension).find((item) => textOf(asNode(item).url).endsWith(step.slice(10)));
  if (at + 1 < steps.length) return follow(found, steps, at + 1);
  const key = Object.keys(asNode(found)).find((name) => name.startsWith('value'));
  if (key !== undefined) return follow(asNode(found)[key], [], 0);
  // US Core nests the readable form one level down.
  return follow(
    listOf(asNode(found).extension).find((item) => asNode(item).url === 'text'),
    ['valueString'],
    0,
  );
}
