/** The text of a plan file, YAML 1.2 or JSON, to plain values that remember their lines. JSON is read as the YAML it is. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';

const MAX_CHARACTERS = 1_000_000;

export type PlanText =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[], key?: string) => number | null }
  | { readonly ok: false; readonly problems: readonly { readonly text: string; readonly line: number | null }[] };

/**
 * Reads a plan's text.
 *
 * @param text - YAML or JSON. Tags, aliases and duplicate keys are errors; a megabyte is the limit.
 * @returns Plain objects and arrays, with `lineOf` telling the 1-based line of a value (or of a key in it).
 */
export function readPlanText(text: string): PlanText {
  if (text.length > MAX_CHARACTERS) return problem('is longer than a million characters');
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof RangeError) return problem('is nested too deeply'); // the parser calls itself for each level
    throw error;
  }
}

function readYaml(text: string): PlanText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const line = (offset: number | undefined) => (offset === undefined ? null : counter.linePos(offset).line);
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return { ok: false, problems: faults.map(({ message, pos }) => ({ text: message.split('\n')[0] ?? message, line: line(pos[0]) })) };
  }
  const aliases: (number | undefined)[] = [];
  visit(document, { Alias: (_, node) => void aliases.push(node.range?.[0]) });
  if (aliases.length > 0) return problem('refers to another place with *; write the value out', line(aliases[0]));
  const value = plain(document.toJS({ mapAsMap: true }), null);
  const lineOf = (path: readonly PropertyKey[], key?: string): number | null => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (!isNode(node)) continue;
      if (key !== undefined && length === path.length && isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
        if (pair && isScalar(pair.key)) return line(pair.key.range?.[0]);
      }
      return line(node.range?.[0]);
    }
    return null;
  };
  return { ok: true, value, lineOf };
}

const problem = (text: string, line: number | null = null): PlanText => ({ ok: false, problems: [{ text, line }] });

/** Maps to objects; a mapping of codes to a list, because an object would put 2 before 1 into the order 1, 2. */
function plain(value: unknown, key: string | null): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, null));
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([name, item]) => [String(name), item] as const);
  if (key === 'codes') return entries.map(([code, label]) => ({ code, label }));
  return Object.fromEntries(entries.map(([name, item]) => [name, plain(item, name)]));
}
