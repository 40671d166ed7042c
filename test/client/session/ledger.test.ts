import { type LedgerEntry, ledgerCsv, ledgerTotals } from '@consilium/client/session';
import { describe, expect, it } from 'vitest';

const entry = (kind: string, sizeBytes: number, round: number | null): LedgerEntry => ({
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  kind,
  round,
  sizeBytes,
  hash: 'ab'.repeat(32),
});

describe('the ledger of what left', () => {
  it('adds up bytes and messages', () => {
    expect(ledgerTotals([entry('hello', 274, null), entry('blob', 4000, 1)])).toEqual({ entries: 2, sizeBytes: 4274 });
    expect(ledgerTotals([])).toEqual({ entries: 0, sizeBytes: 0 });
  });

  it('is written as a table with one line a message and times in UTC', () => {
    expect(ledgerCsv([entry('masked-vector', 300, 7)])).toBe(
      `time,kind,round,bytes,sha256\r\n2026-01-02T03:04:05.000Z,masked-vector,7,300,${'ab'.repeat(32)}\r\n`,
    );
  });
});
