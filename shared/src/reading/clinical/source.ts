/**
 * How one row per patient is made from records of many kinds, as data: what the plan's `source` says. The study's schema parses it; here it
 * is only followed.
 */

/** Kinds of records. FHIR and OMOP use different words for some: both are understood. */
export const RECORD_KINDS = [
  'patient',
  'observation',
  'measurement',
  'condition',
  'medication',
  'drug',
  'procedure',
  'encounter',
  'visit',
  'death',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const TAKES = ['value', 'first', 'last', 'mean', 'min', 'max', 'any', 'count', 'days'] as const;
/** `value` the only one, `any` 1 or 0, `count` how many, `days` from time zero to the first. */
export type Take = (typeof TAKES)[number];

/** Which records of a kind are meant; every key that is given must fit. */
export interface Selection {
  readonly from: RecordKind;
  /** Codes, any of which may stand in the record; none means every record. */
  readonly codes: readonly string[];
  /** Names of codes as the record or its vocabulary has them. */
  readonly displays: readonly string[];
  /** Code system (FHIR) or vocabulary (OMOP). */
  readonly system: string | null;
}

export interface SourceColumn extends Selection {
  readonly name: string;
  /** Code of the component that holds the value, as in a blood pressure. */
  readonly component: string | null;
  /** What is taken: `value`, `code`, `display`, `date`, `unit`, or a path of the resource or a column of the table. */
  readonly field: string;
  readonly take: Take;
  /** Days from time zero, both ends included; null is open. */
  readonly window: { readonly from: number | null; readonly to: number | null } | null;
  /** Only values in this unit. */
  readonly unit: string | null;
}

export type TimeZero =
  | { readonly by: 'date'; readonly date: string }
  | { readonly by: 'field'; readonly field: string }
  | ({ readonly by: 'record'; readonly take: 'first' | 'last' } & Selection);

export interface ClinicalSource {
  readonly kind: 'fhir' | 'omop';
  readonly timeZero: TimeZero | null;
  readonly columns: readonly SourceColumn[];
}

/** The word under which records of a kind are kept. */
export function plainKind(kind: RecordKind): Exclude<RecordKind, 'measurement' | 'drug' | 'visit'> {
  if (kind === 'measurement') return 'observation';
  if (kind === 'drug') return 'medication';
  return kind === 'visit' ? 'encounter' : kind;
}
