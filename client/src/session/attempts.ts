/**
 * What this page sent before it spoke for a hospital: held here until a hospital's ledger can take it. A request that was refused is named
 * so, since the coordinator counts it for nobody.
 */
import type { LedgerEntry } from './ledger.ts';
import type { LocalStore } from './local-store.ts';
import { describeSending } from './outgoing.ts';

export class Attempts {
  #entries: LedgerEntry[] = [];
  readonly #show: (entries: readonly LedgerEntry[]) => void;

  /** @param show - Told of every change. */
  constructor(show: (entries: readonly LedgerEntry[]) => void) {
    this.#show = show;
  }

  /** Writes down what is about to be sent, then sends it. */
  async send<Answer>(event: string, body: object, work: () => Promise<Answer>): Promise<Answer> {
    const entry = await describeSending(event, body, new Map());
    this.#set([...this.#entries, entry]);
    try {
      return await work();
    } catch (error) {
      this.#set(this.#entries.map((one) => (one === entry ? { ...one, kind: `${event}-refused` } : one)));
      throw error;
    }
  }

  /** Moves all of it into the ledger of the hospital that this tab now is. */
  async handOver(store: Pick<LocalStore, 'addToLedger'>, study: string, site: string): Promise<void> {
    for (const entry of this.#entries.splice(0)) await store.addToLedger(study, site, entry);
  }

  #set(entries: LedgerEntry[]): void {
    this.#entries = entries;
    this.#show([...entries]);
  }
}
