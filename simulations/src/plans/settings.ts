/** The settings of a comparison: every combination of the values given, each a plan of its own with a short name. */
import type { SetOption } from './set-option.ts';

export interface Setting {
  /** Short and unique in its comparison, such as `fedprox` or `kind=fedprox, localEpochs=2`. */
  readonly label: string;
  /** Key of the plan → value. */
  readonly changes: Readonly<Record<string, unknown>>;
}

/**
 * Every combination, the last key changing fastest.
 *
 * @returns One setting named `plan` when there is nothing to change.
 */
export function gridOf(options: readonly SetOption[]): Setting[] {
  const combinations = options.reduce<Record<string, unknown>[]>(
    (soFar, { key, values }) => soFar.flatMap((changes) => values.map((value) => ({ ...changes, [key]: value }))),
    [{}],
  );
  const varied = options.filter(({ values }) => values.length > 1).map(({ key }) => key);
  return named(combinations, varied);
}

/** Settings with names made of the keys that vary. */
export function named(combinations: readonly Readonly<Record<string, unknown>>[], varied: readonly string[]): Setting[] {
  const labels = combinations.map((changes) => labelOf(changes, varied));
  return combinations.map((changes, at) => {
    const label = labels[at] ?? '';
    const before = labels.slice(0, at).filter((other) => other === label).length;
    return { label: before === 0 ? label : `${label} (${before + 1})`, changes };
  });
}

function labelOf(changes: Readonly<Record<string, unknown>>, varied: readonly string[]): string {
  if (varied.length === 0) return 'plan';
  const [only] = varied;
  if (varied.length === 1 && only?.endsWith('.kind') === true) return String(changes[only]);
  return varied.map((key) => `${shortName(key, varied)}=${textOf(changes[key])}`).join(', ');
}

/** The last step of a key where that is enough to tell it from the others. */
function shortName(key: string, all: readonly string[]): string {
  const last = key.split('.').at(-1) ?? key;
  return all.filter((other) => other.split('.').at(-1) === last).length > 1 ? key : last;
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A label as the name of a folder, on every system. */
export const folderName = (label: string): string => label.replace(/[^A-Za-z0-9.=+-]+/g, '_').slice(0, 80);
