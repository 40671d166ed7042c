/** What a hospital's page is told of its own file: checks, counts, the mapping in force. No patient is in it but the rows of the preview, which stay in the tab. */
import type { ColumnUse, IdentifierKind, Mapping, QualityCheck, Rejection } from '../schema/index.ts';

export interface SiteDataReport {
  readonly rowCount: number;
  readonly columns: readonly string[];
  readonly checks: readonly QualityCheck[];
  /** Whether no check failed; otherwise the site says no "ready". */
  readonly isReady: boolean;
  readonly rejected: readonly Rejection[];
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly preview: readonly (readonly string[])[];
  readonly fingerprint: string;
  readonly notes: readonly string[];
  /** How each feature is read. */
  readonly uses: readonly ColumnUse[];
  /** The mapping in force: the one given, or what was matched without a question. */
  readonly mapping: Mapping;
  /** Columns that identify patients; their cells are in no part of this report. */
  readonly identifiers: readonly { readonly column: string; readonly kind: IdentifierKind }[];
}
