/** JSON in one form only, so that equal values have equal bytes. Source: RFC 8785 (JSON Canonicalization Scheme). */

/**
 * Writes a value as canonical JSON: members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 *
 * @param value - Plain JSON: null, booleans, finite numbers, strings, arrays, plain objects. Undefined members are left out.
 * @returns The text; its UTF-8 bytes are what is hashed.
 * @throws TypeError on anything JSON cannot hold: NaN, infinities, lone surrogates, functions, maps, dates and the like.
 * @example canonicalJson({ b: 1.0, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: expected a finite number, got ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isPlainObject(value)) throw new TypeError('canonicalJson: expected null, boolean, number, string, array or plain object');
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byCodeUnits)
    .map((key) => `${quote(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}

function quote(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('canonicalJson: expected well-formed Unicode, got a lone surrogate');
  return JSON.stringify(text);
}

function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

// JavaScript compares strings by UTF-16 code units, which is the order RFC 8785 §3.2.3 asks for.
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
