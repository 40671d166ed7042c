/** A value with what it was before: for undo and redo. Pure; old values are kept, never changed. */

export interface History<Value> {
  /** Oldest first. */
  readonly past: readonly Value[];
  readonly present: Value;
  /** What was undone, next first. */
  readonly future: readonly Value[];
}

const MOST_STEPS = 200;

/** A history that begins with this value. */
export function beginHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] };
}

/** Goes on to another value; what was undone before is forgotten. The same value again changes nothing. */
export function change<Value>(history: History<Value>, next: Value): History<Value> {
  if (Object.is(history.present, next)) return history;
  return { past: [...history.past, history.present].slice(-MOST_STEPS), present: next, future: [] };
}

/** One step back; at the beginning nothing happens. */
export function undo<Value>(history: History<Value>): History<Value> {
  const before = history.past.at(-1);
  if (history.past.length === 0) return history;
  return { past: history.past.slice(0, -1), present: before as Value, future: [history.present, ...history.future] };
}

/** One step forward again; where nothing was undone nothing happens. */
export function redo<Value>(history: History<Value>): History<Value> {
  const [next, ...rest] = history.future;
  if (history.future.length === 0) return history;
  return { past: [...history.past, history.present], present: next as Value, future: rest };
}
