/**
 * What a person does to a mapping, one function a gesture. Pure: each gives another mapping, so that every step can be undone.
 * A mapping itself holds columns, units and codes of the file; no patient is in it.
 */
import { type ColumnMapping, codeKey, isNotCollected, type Mapping, plainColumn } from '@consilium/shared/schema';

/** One thing the plan asks of a hospital's table. `name` is the feature's name, or the plan's outcome column. */
export interface Field {
  readonly part: 'feature' | 'outcome' | 'patient' | 'split';
  readonly name: string;
}

/** What a person did: a mapping before, a mapping after. */
export type Gesture = (mapping: Mapping) => Mapping;

/** The entry of a field, or null where the mapping says nothing of it or that it is not collected. */
export function entryOf(mapping: Mapping, { part, name }: Field): ColumnMapping | null {
  switch (part) {
    case 'feature': {
      const entry = mapping.features[name];
      return entry === undefined || isNotCollected(entry) ? null : entry;
    }
    case 'outcome':
      return mapping.outcome[name] ?? null;
    case 'patient':
      return mapping.patientId === null ? null : plainColumn(mapping.patientId);
    case 'split':
      return mapping.split === null ? null : plainColumn(mapping.split);
  }
}

/** The column of a field, or null. */
export const columnOf = (mapping: Mapping, field: Field): string | null => entryOf(mapping, field)?.column ?? null;

/** Whether a person said that the hospital does not collect it. */
export const isLeftOut = (mapping: Mapping, { part, name }: Field): boolean => part === 'feature' && isNotCollected(mapping.features[name]);

/** Another column for a field; unit, codes and missing codes belonged to the old one. Null takes the column away. */
export function withColumn(mapping: Mapping, field: Field, column: string | null): Mapping {
  if (columnOf(mapping, field) === column && !isLeftOut(mapping, field)) return mapping;
  if (field.part === 'patient') return { ...mapping, patientId: column };
  if (field.part === 'split') return { ...mapping, split: column };
  return withEntry(mapping, field, column === null ? null : plainColumn(column));
}

/** A column with what its codes, unit and missing codes seem to be. */
export function withSuggestion(mapping: Mapping, field: Field, entry: ColumnMapping): Mapping {
  return columnOf(mapping, field) === entry.column ? mapping : withEntry(mapping, field, entry);
}

/** The hospital does not collect this feature. */
export function notCollected(mapping: Mapping, { name }: Field): Mapping {
  return { ...mapping, features: { ...mapping.features, [name]: { notCollected: true } } };
}

/** The unit the file's numbers are in; null is the plan's own, and then a doubt about it was looked at and is settled. */
export function withUnit(mapping: Mapping, field: Field, unit: string | null): Mapping {
  const next = changed(mapping, field, (entry) => (entry.unit === unit ? entry : { ...entry, unit }));
  return withAccepted(next, `unit:${field.name}`, unit === null);
}

/** The column of the later date, where the field is the time from one date to another. */
export function withUntil(mapping: Mapping, field: Field, until: string | null): Mapping {
  return changed(mapping, field, (entry) => ({ ...entry, until, unit: null }));
}

/** What a text of the file means; null takes the meaning away. */
export function withCode(mapping: Mapping, field: Field, from: string, to: string | null): Mapping {
  return changed(mapping, field, (entry) => {
    const others = entry.codes.filter((pair) => pair.from !== from);
    return {
      ...entry,
      codes: to === null ? others : [...others, { from, to }],
      missing: entry.missing.filter((text) => text !== codeKey(from)),
    };
  });
}

/** Whether a text of the file means that the value is missing. */
export function withMissing(mapping: Mapping, field: Field, text: string, isMissing: boolean): Mapping {
  const key = codeKey(text);
  return changed(mapping, field, (entry) => {
    if (entry.missing.includes(key) === isMissing) return entry;
    const missing = isMissing ? [...entry.missing, key] : entry.missing.filter((code) => code !== key);
    return { ...entry, missing, codes: isMissing ? entry.codes.filter(({ from }) => codeKey(from) !== key) : entry.codes };
  });
}

/** A failed check was looked at and is right as it is. */
export function withAccepted(mapping: Mapping, check: string, isAccepted: boolean): Mapping {
  const others = mapping.accepted.filter((id) => id !== check);
  return { ...mapping, accepted: isAccepted ? [...others, check] : others };
}

function changed(mapping: Mapping, field: Field, edit: (entry: ColumnMapping) => ColumnMapping): Mapping {
  const entry = entryOf(mapping, field);
  if (entry === null) return mapping;
  const next = edit(entry);
  return next === entry ? mapping : withEntry(mapping, field, next);
}

function withEntry(mapping: Mapping, { part, name }: Field, entry: ColumnMapping | null): Mapping {
  const key = part === 'outcome' ? 'outcome' : 'features';
  const { [name]: _, ...others } = mapping[key] as Record<string, ColumnMapping>;
  return { ...mapping, [key]: entry === null ? others : { ...others, [name]: entry } };
}
