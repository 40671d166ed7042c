/**
 * Holds off whoever guesses: after five wrong answers for one name from one address, that pair waits a quarter of an hour; after
 * fifty for one name from anywhere, the name does. Kept in memory: a restart is a person's doing.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface Lockout {
  /** Seconds to wait, 0 when an attempt may be made. */
  waitSeconds(name: string, address: string): Promise<number>;
  failed(name: string, address: string): Promise<void>;
  succeeded(name: string, address: string): Promise<void>;
}

const QUARTER_HOUR = 900;
export const TRIES_OF_A_PAIR = 5;
export const TRIES_OF_A_NAME = 50;

export function openLockout(): Lockout {
  const pairs = new RateLimiterMemory({ points: TRIES_OF_A_PAIR, duration: QUARTER_HOUR, blockDuration: QUARTER_HOUR });
  const names = new RateLimiterMemory({ points: TRIES_OF_A_NAME, duration: QUARTER_HOUR, blockDuration: QUARTER_HOUR });
  const pair = (name: string, address: string): string => `${name}\n${address}`;
  const note = (limiter: RateLimiterMemory, key: string): Promise<unknown> => limiter.consume(key).catch(() => undefined);
  return {
    async waitSeconds(name, address) {
      const found = await Promise.all([pairs.get(pair(name, address)), names.get(name)]);
      const full = [TRIES_OF_A_PAIR, TRIES_OF_A_NAME];
      const waits = found.map((entry, at) => (entry !== null && entry.consumedPoints >= full[at]! ? entry.msBeforeNext : 0));
      return Math.ceil(Math.max(...waits) / 1000);
    },
    async failed(name, address) {
      await Promise.all([note(pairs, pair(name, address)), note(names, name)]);
    },
    async succeeded(name, address) {
      await pairs.delete(pair(name, address));
    },
  };
}
