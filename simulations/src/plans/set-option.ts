/** `--set algorithm.ridge=2`: keys of a plan changed before it is checked. Several values, divided by commas, are several settings. */
import { type Document, parse, parseDocument } from 'yaml';
import { SimulationError } from '../input/simulation-error.ts';
import { fitToKind } from './fit-to-kind.ts';

/** One key of a plan and the values it takes in turn. */
export interface SetOption {
  /** Dotted, such as `algorithm.kind` or `features.0.column`. */
  readonly key: string;
  readonly values: readonly unknown[];
}

/**
 * Reads one `--set`.
 *
 * @param text - `key=value` or `key=value,value,…`; values are YAML, and a comma within brackets or quotes divides nothing.
 * @throws SimulationError where there is no key or no value.
 * @example readSetOption('algorithm.kind=fedavg,fedadam') // { key: 'algorithm.kind', values: ['fedavg', 'fedadam'] }
 */
export function readSetOption(text: string): SetOption {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) throw new SimulationError(`--set needs key=value, got "${text}".`);
  try {
    return { key: text.slice(0, at).trim(), values: divided(text.slice(at + 1)).map((value): unknown => parse(value)) };
  } catch {
    throw new SimulationError(`--set cannot read the value of "${text.slice(0, at)}": ${text.slice(at + 1)}`);
  }
}

/** @returns The plan's text with the changes made, comments and lines kept; keys that a newly chosen kind does not know are left out. */
export function changePlan(text: string, changes: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(changes);
  if (keys.length === 0) return text;
  const document = parseDocument(text);
  // A kind first: the keys that stand beside it are those of the new kind.
  for (const key of [...keys].sort((a, b) => Number(isKind(b)) - Number(isKind(a)))) {
    const path = key.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    set(document, path, changes[key], key);
    if (isKind(key)) fitToKind(document, path.slice(0, -1));
  }
  return String(document);
}

const isKind = (key: string): boolean => key.endsWith('.kind');

function set(document: Document, path: readonly (string | number)[], value: unknown, key: string): void {
  try {
    document.setIn(path, value);
  } catch {
    throw new SimulationError(`--set cannot reach "${key}": the plan has a plain value on the way to it.`);
  }
}

/** Parts between the commas that stand outside brackets and quotes. */
function divided(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const sign of text) {
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if ('[{'.includes(sign)) depth += 1;
    else if (']}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
