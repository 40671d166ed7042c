/**
 * What a site keeps of the rows it answered with, and how it holds new rows against what it kept of earlier versions of the plan.
 *
 * Rule: rows of made-up patients, which nobody confirms a list for, are not compared.
 */
import { toHex } from '../crypto/index.ts';
import type { SiteRecord } from './contracts.ts';
import type { RowSketch } from './record-parts.ts';
import { sketchRows, smallRowChange } from './row-sketch.ts';
import type { SiteInit } from './site-contract.ts';
import { SiteError } from './site-error.ts';
import type { LoadedRows } from './site-rows.ts';

export interface RowGuard {
  /** To be kept with the rows that take part; null where nothing is compared. */
  sketch(rows: LoadedRows): RowSketch | null;
  /** @throws SiteError `rows-changed-little` or `rows-unknown`. */
  check(rows: LoadedRows, smallestCell: number): void;
}

export function rowGuard({ confirmation, world }: Pick<SiteInit, 'confirmation' | 'world'>, record: () => SiteRecord): RowGuard {
  return {
    sketch({ compared, report }) {
      const { rowSketch, fileFingerprint } = record();
      if (confirmation === 'automatic' || (rowSketch !== null && fileFingerprint === report.fingerprint)) return rowSketch;
      return sketchRows(compared, toHex(world.random(32)));
    },
    check({ compared }, smallestCell) {
      for (const earlier of record().earlierRows) {
        const { kind } = smallRowChange(earlier, compared, smallestCell);
        if (kind === 'few') throw new SiteError('rows-changed-little');
        if (kind === 'unknown') throw new SiteError('rows-unknown');
      }
    },
  };
}
