/**
 * What left this browser: one entry for every event that was sent, written by the only function that sends. Entries hold sizes, hashes,
 * purposes and shapes, never content. The coordinator counts the same bytes (`sentBytes`), so the totals are equal.
 */

/** `invitation`, `join`, `certify`, `suspend`, `devices-of` (and the same with `-refused`) and `hello` carry keys and a name; `blob` is a part of a masked vector; `stopped` and `left` mark an end; the rest are messages of the protocol. */
export interface LedgerEntry {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly kind: string;
  readonly round: number | null;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes sent, hex; empty for a mark. */
  readonly hash: string;
  /** Names of what is in it, with counts: `round, shares[3]`, or `5 × 64 bit + 241 × 24 bit`. */
  readonly shape: string;
}

export interface LedgerTotals {
  readonly entries: number;
  readonly sizeBytes: number;
}

/** Kinds that are marks in the list: nothing was sent. */
const MARKS: ReadonlySet<string> = new Set(['stopped', 'left']);

/** How much left in all. */
export function ledgerTotals(entries: readonly LedgerEntry[]): LedgerTotals {
  const sent = entries.filter(({ kind }) => !MARKS.has(kind));
  return { entries: sent.length, sizeBytes: sent.reduce((sum, entry) => sum + entry.sizeBytes, 0) };
}

/** The entries of one kind, of one round, or both; null: any. */
export function filterLedger(entries: readonly LedgerEntry[], kind: string | null, round: number | null): readonly LedgerEntry[] {
  return entries.filter((entry) => (kind === null || entry.kind === kind) && (round === null || entry.round === round));
}

/**
 * The ledger as CSV, to keep or to compare with the coordinator's.
 *
 * @example ledgerCsv([]) // 'time,kind,round,bytes,sha256,shape\r\n'
 */
export function ledgerCsv(entries: readonly LedgerEntry[]): string {
  const lines = entries.map((entry) =>
    [new Date(entry.at).toISOString(), entry.kind, entry.round ?? '', entry.sizeBytes, entry.hash, `"${entry.shape}"`].join(','),
  );
  return ['time,kind,round,bytes,sha256,shape', ...lines, ''].join('\r\n');
}

/** The ledger as JSON, with its totals. */
export function ledgerJson(entries: readonly LedgerEntry[]): string {
  const listed = entries.map(({ at, kind, round, sizeBytes, hash, shape }) => ({
    time: new Date(at).toISOString(),
    ...{ kind, round, bytes: sizeBytes, sha256: hash, shape },
  }));
  const { entries: messages, sizeBytes } = ledgerTotals(entries);
  return `${JSON.stringify({ format: 'consilium ledger 1', totals: { messages, bytes: sizeBytes }, entries: listed }, null, 2)}\n`;
}
