/** A gate before a tab: what asks it for its part of an update is held, so that a test acts while the tab waits and has nothing on its way. */
import { createRoundKinds } from './frames.ts';
import type { HospitalTab } from './hospital-tab.ts';

const LIMIT_MS = 40_000;

export interface Held {
  readonly round: number;
  /** Lets it through, or loses it. */
  pass(isPassed: boolean): void;
}

export interface AskedGate {
  /** For the tab's options. */
  onFrame(tab: HospitalTab, direction: 'up' | 'down', frame: string): Promise<boolean>;
  /** Holds the first one of this round or a later one; answers when it is there. */
  holdFrom(round: number): Promise<Held>;
}

export function createAskedGate(): AskedGate {
  const kinds = createRoundKinds();
  let wanted: { readonly from: number; reached(held: Held): void } | null = null;
  return {
    async onFrame(_tab, direction, frame) {
      const message = kinds.read(frame);
      if (direction === 'up' || message?.kind !== 'envelopes' || message.asks !== 'update') return true;
      if (wanted === null || message.round < wanted.from) return true;
      const { reached } = wanted;
      wanted = null;
      return new Promise((pass) => reached({ round: message.round, pass }));
    },
    holdFrom: (from) =>
      new Promise((reached, fail) => {
        wanted = { from, reached };
        setTimeout(() => fail(new Error(`the tab was asked for no update from round ${from} on`)), LIMIT_MS).unref();
      }),
  };
}
