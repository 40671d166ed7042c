/** Requests of a page that speaks for no hospital yet: written down before they are sent, named when refused, handed over once. */
import { Attempts, type LedgerEntry } from '@consilium/client/session';
import { describe, expect, it } from 'vitest';

describe('requests before a hospital has joined', () => {
  it('are listed before the answer, named when refused, and handed to the first hospital alone', async () => {
    let shown: readonly LedgerEntry[] = [];
    const attempts = new Attempts((entries) => {
      shown = entries;
    });
    const kinds = () => shown.map(({ kind }) => kind);
    const refusal = attempts.send('join', { invitation: 'wrong' }, async () => {
      expect(kinds()).toEqual(['join']);
      throw new Error('no');
    });
    await expect(refusal).rejects.toThrow('no');
    await attempts.send('join', { invitation: 'right' }, async () => 'seat');
    expect(kinds()).toEqual(['join-refused', 'join']);
    const given: string[] = [];
    const store = {
      addToLedger: async (study: string, site: string, { kind }: LedgerEntry) => {
        given.push(`${study}/${site} ${kind}`);
        return async () => undefined;
      },
    };
    await attempts.handOver(store, 's', 'a');
    await attempts.handOver(store, 's', 'b');
    expect(given).toEqual(['s/a join-refused', 's/a join']);
  });
});
