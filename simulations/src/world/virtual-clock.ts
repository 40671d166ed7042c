/** A clock that stands still until it is told to go on, and what is due at which second. Ties go by the order they were set in. */

export interface VirtualClock {
  now(): number;
  /** Does something later; a time that is past is now. */
  at(second: number, action: () => void): void;
  /** The second of what is due next; Infinity when nothing is. */
  next(): number;
  /** Goes to what is due next and does everything of that second. */
  advance(): void;
  /** Goes on to a second at which nothing is due. */
  goTo(second: number): void;
}

interface Entry {
  readonly second: number;
  readonly order: number;
  readonly action: () => void;
}

export function createVirtualClock(): VirtualClock {
  let now = 0;
  let order = 0;
  let entries: Entry[] = [];
  const next = (): number => entries.reduce((least, { second }) => Math.min(least, second), Number.POSITIVE_INFINITY);
  return {
    now: () => now,
    at: (second, action) => {
      entries.push({ second: Math.max(now, second), order: order++, action });
    },
    next,
    advance: () => {
      const second = next();
      if (second === Number.POSITIVE_INFINITY) return;
      now = second;
      const due = entries.filter((entry) => entry.second === second).sort((a, b) => a.order - b.order);
      entries = entries.filter((entry) => entry.second !== second);
      for (const { action } of due) action();
    },
    goTo: (second) => {
      now = Math.max(now, second);
    },
  };
}
