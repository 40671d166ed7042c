/** A part of the state that the stage's order guarantees; its absence is a fault of ours, never of another party. */
export function required<Value>(value: Value | null | undefined, name: string): Value {
  if (value === null || value === undefined) throw new TypeError(`required: ${name} is not there yet`);
  return value;
}
