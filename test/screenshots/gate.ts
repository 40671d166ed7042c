/** Holds a hospital's masked vector back in one round, so that a page stays in the middle of it while it is looked at. */

import { createRoundKinds } from '../world/frames.ts';
import type { TabOptions } from '../world/hospital-tab.ts';

export interface Gate {
  /** For the tab that is held back. */
  readonly onFrame: NonNullable<TabOptions['onFrame']>;
  /** Resolves once a masked vector waits. */
  readonly reached: Promise<void>;
  open(): void;
}

/**
 * @param asks - Kind of the query whose masked vector waits.
 * @param count - In how many rounds of this kind it passes before.
 */
export function createGate(asks: string, count: number): Gate {
  const kinds = createRoundKinds();
  const { promise: opened, resolve: open } = deferred();
  const { promise: reached, resolve: reach } = deferred();
  const rounds = new Set<number>();
  return {
    reached,
    open,
    onFrame: async (_tab, _direction, frame) => {
      const message = kinds.read(frame);
      if (message?.kind !== 'masked-vector' || message.asks !== asks) return true;
      rounds.add(message.round);
      if (rounds.size !== count + 1) return true;
      reach();
      await opened;
      return true;
    },
  };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
