/**
 * How many refused sign-ins are written to the console's log: enough to see that somebody guesses, too few to fill a disk. Anyone who has the address
 * can be refused.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { nameKey } from './accounts.ts';

/** In a quarter of an hour: for one name from one address, of one address, and from everywhere. */
export const NOTES_OF_A_NAME = 3;
export const NOTES_OF_AN_ADDRESS = 20;
export const NOTES_OF_ALL = 60;
const QUARTER_HOUR = 900;

export interface RefusalNotes {
  /** What to add to the entry of a refusal; null where none is written. */
  take(name: string, address: string): Promise<'' | ' (more are not written for a quarter of an hour)' | null>;
}

export function openRefusalNotes(): RefusalNotes {
  const limiters = [NOTES_OF_A_NAME, NOTES_OF_AN_ADDRESS, NOTES_OF_ALL].map(
    (points) => new RateLimiterMemory({ points, duration: QUARTER_HOUR }),
  );
  return {
    async take(name, address) {
      const keys = [`${nameKey(name)}\n${address}`, address, 'all'];
      let isLast = false;
      // Who is held off by the first uses nothing up of the next.
      for (const [at, limiter] of limiters.entries()) {
        const taken = await limiter.consume(keys[at] ?? '').catch(() => null);
        if (taken === null) return null;
        isLast ||= taken.remainingPoints === 0;
      }
      return isLast ? ' (more are not written for a quarter of an hour)' : '';
    },
  };
}
