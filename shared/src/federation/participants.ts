/**
 * Who is in a study and who is not, in patient rows over all hospitals: read, left out by reason, and on which side of the split. Counted in the
 * first sum, so a hospital's own numbers stay with it. Source: TRIPOD+AI item 20 (participant flow); CONSORT for trials.
 */
import type { Split } from '../preparation/index.ts';
import { SET } from '../preparation/index.ts';

/** Why a row takes no part; each row counts under its first reason. */
export const EXCLUSIONS = [
  'exclusion-list',
  'duplicate',
  'contradiction',
  'no-patient-id',
  'not-collected',
  'not-in-split',
  'no-outcome',
  'required-missing',
  'value-missing',
  'other',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export interface ParticipantFlow {
  /** Hospitals on the roster, and those of them that are in the sum. */
  readonly invited: number;
  readonly hospitals: number;
  readonly read: number;
  readonly excluded: { readonly [Reason in Exclusion]: number };
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

const SIDES = ['train', 'validation', 'test'] as const;
/** Entries of one site: rows read, left out by reason, then the three sides. */
export const FLOW_LENGTH = 1 + EXCLUSIONS.length + SIDES.length;

/** The words of `splitRows` and of the checked table, by what they mean. */
const WORDS: readonly (readonly [RegExp, Exclusion])[] = [
  [/^on the exclusion list$/, 'exclusion-list'],
  [/^an exact duplicate/, 'duplicate'],
  [/^it contradicts another row/, 'contradiction'],
  [/^no patient id$/, 'no-patient-id'],
  [/ is not collected here$/, 'not-collected'],
  [/^(excluded by the split|the split column names no part|not in the split file|no usable date)$/, 'not-in-split'],
  [/^no outcome$/, 'no-outcome'],
  [/^required .* missing$/, 'required-missing'],
  [/^a feature is missing$/, 'value-missing'],
];

export const exclusionOf = (reason: string): Exclusion => WORDS.find(([words]) => words.test(reason))?.[1] ?? 'other';

/** One site's part. @param rowCount - Rows of its table. */
export function flowEntries(rowCount: number, { sets, dropped }: Pick<Split, 'sets' | 'dropped'>): number[] {
  const excluded = EXCLUSIONS.map((reason) =>
    dropped.reduce((sum, item) => sum + (exclusionOf(item.reason) === reason ? item.count : 0), 0),
  );
  const sides = SIDES.map((side) => sets.reduce((sum, set) => sum + Number(set === SET[side]), 0));
  return [rowCount, ...excluded, ...sides];
}

/** Reads the sum of `flowEntries`. @param invited - Sites on the roster. @param hospitals - Sites in the sum. */
export function readFlow(sums: ArrayLike<number>, invited: number, hospitals: number): ParticipantFlow {
  const at = (place: number): number => Math.round(sums[place] ?? 0);
  const [train, validation, test] = SIDES.map((_, side) => at(1 + EXCLUSIONS.length + side));
  const excluded = Object.fromEntries(EXCLUSIONS.map((reason, k) => [reason, at(1 + k)])) as ParticipantFlow['excluded'];
  return { invited, hospitals, read: at(0), excluded, train: train ?? 0, validation: validation ?? 0, test: test ?? 0 };
}
