/** How a tab comes to speak for a hospital: by enrolment, or with a recovery file. What is secret on the way is wiped when the tab goes on. */
import { Attempts } from './attempts.ts';
import { Enrolment } from './enrolment.ts';
import type { LedgerEntry } from './ledger.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { Recovery } from './recovery.ts';
import type { Step } from './session-view.ts';

export interface EntranceWorld {
  readonly store: LocalStore;
  go(step: Step): void;
  /** What has left this browser so far. */
  show(ledger: readonly LedgerEntry[]): void;
  /** The seat is taken. */
  joined(membership: Membership): Promise<void>;
  /** This browser took the place of the device before: everything begins anew. */
  restart(membership: Membership): Promise<void>;
}

export class Entrance {
  readonly enrolment: Enrolment;
  readonly #parts: ConstructorParameters<typeof Enrolment>[0];
  readonly #world: EntranceWorld;
  #recovery: Recovery | null = null;

  constructor(world: EntranceWorld) {
    const { store, go, joined } = world;
    this.#world = world;
    this.#parts = { store, go, attempts: new Attempts(world.show), joined };
    this.enrolment = new Enrolment(this.#parts);
  }

  /** What a recovery file is used for, while its page is open. */
  get recovery(): Recovery | null {
    return this.#recovery;
  }

  /** Opens the page for a recovery file. @param study - As far as it is known; may be empty. */
  bringRecoveryFile(study: string): void {
    this.forget();
    this.#recovery = new Recovery({ ...this.#parts, joined: this.#world.restart }, study);
  }

  /** Wipes what is secret. */
  forget(): void {
    this.enrolment.forget();
    this.#recovery?.forget();
  }
}
