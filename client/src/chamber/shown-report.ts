/** A quality report cut to what a person can look at, so that the page stays quick however long the table is. */
import type { SiteDataReport } from '@consilium/shared/federation';

const SHOWN_ROWS = 200;
const SHOWN_CELLS = 200;

/** The same report with row numbers and refused cells cut, and how many there were. */
export interface ShownReport extends Omit<SiteDataReport, 'checks'> {
  readonly checks: readonly (SiteDataReport['checks'][number] & { readonly count: number })[];
  readonly rejectedCount: number;
}

export function shownReport(report: SiteDataReport): ShownReport {
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, count: check.rows.length, rows: check.rows.slice(0, SHOWN_ROWS) })),
    rejected: report.rejected.slice(0, SHOWN_CELLS),
    rejectedCount: report.rejected.length,
  };
}
