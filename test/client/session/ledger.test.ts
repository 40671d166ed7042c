import { filterLedger, type LedgerEntry, ledgerCsv, ledgerJson, ledgerTotals } from '@consilium/client/session';
import { describe, expect, it } from 'vitest';

const entry = (kind: string, sizeBytes: number, round: number | null): LedgerEntry => ({
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  kind,
  round,
  sizeBytes,
  hash: 'ab'.repeat(32),
  shape: 'round, shares[3]',
});

describe('the ledger of what left', () => {
  it('adds up bytes and messages', () => {
    expect(ledgerTotals([entry('hello', 274, null), entry('blob', 4000, 1)])).toEqual({ entries: 2, sizeBytes: 4274 });
    expect(ledgerTotals([])).toEqual({ entries: 0, sizeBytes: 0 });
  });

  it('is written as a table with one line a message and times in UTC', () => {
    expect(ledgerCsv([entry('masked-vector', 300, 7)])).toBe(
      `time,kind,round,bytes,sha256,shape\r\n2026-01-02T03:04:05.000Z,masked-vector,7,300,${'ab'.repeat(32)},"round, shares[3]"\r\n`,
    );
  });

  it('counts a stop as nothing sent', () => {
    const stopped = { ...entry('stopped', 0, null), hash: '', shape: '' };
    expect(ledgerTotals([entry('hello', 274, null), stopped])).toEqual({ entries: 1, sizeBytes: 274 });
  });

  it('is filtered by purpose, by round, and by both', () => {
    const all = [entry('hello', 1, null), entry('unmask', 2, 1), entry('unmask', 3, 2), entry('consistency', 4, 2)];
    expect(filterLedger(all, null, null)).toEqual(all);
    expect(filterLedger(all, 'unmask', null).map(({ sizeBytes }) => sizeBytes)).toEqual([2, 3]);
    expect(filterLedger(all, null, 2).map(({ sizeBytes }) => sizeBytes)).toEqual([3, 4]);
    expect(filterLedger(all, 'unmask', 2).map(({ sizeBytes }) => sizeBytes)).toEqual([3]);
  });

  it('says the same as JSON, with totals', () => {
    const read = JSON.parse(ledgerJson([entry('hello', 274, null), entry('blob', 4000, 1)]));
    expect(read.totals).toEqual({ messages: 2, bytes: 4274 });
    expect(read.entries[1]).toEqual({
      ...{ time: '2026-01-02T03:04:05.000Z', kind: 'blob', round: 1, bytes: 4000, sha256: 'ab'.repeat(32), shape: 'round, shares[3]' },
    });
  });
});
