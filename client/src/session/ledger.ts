/**
 * What left this browser: one entry for every message and every upload, written by the only functions that send.
 * Entries hold sizes, hashes and purposes, never content.
 */

/** `join` and `hello` carry keys and a name; `blob` is a masked vector; the rest are messages of the protocol. */
export interface LedgerEntry {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly kind: string;
  readonly round: number | null;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes sent, hex. */
  readonly hash: string;
}

export interface LedgerTotals {
  readonly entries: number;
  readonly sizeBytes: number;
}

/** How much left in all. */
export function ledgerTotals(entries: readonly LedgerEntry[]): LedgerTotals {
  return { entries: entries.length, sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0) };
}

/**
 * The ledger as CSV, to keep or to compare with the coordinator's.
 *
 * @example ledgerCsv([]) // 'time,kind,round,bytes,sha256\r\n'
 */
export function ledgerCsv(entries: readonly LedgerEntry[]): string {
  const lines = entries.map((entry) =>
    [new Date(entry.at).toISOString(), entry.kind, entry.round ?? '', entry.sizeBytes, entry.hash].join(','),
  );
  return ['time,kind,round,bytes,sha256', ...lines, ''].join('\r\n');
}
