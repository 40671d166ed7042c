/** A cell's number as its column writes it, with or without a unit behind it. */
import { plainNumber, type RawTable } from '../reading/index.ts';
import { parseNumber } from './cells.ts';
import { normalizeUnit } from './units.ts';

/** A cell as a number in its column's style; null for any other text. */
export function cellNumber(raw: RawTable, at: number, text: string, decimal: '.' | ',' | null = null): number | null {
  const style = raw.numbers[at];
  if (decimal !== null || style === undefined) return parseNumber(text, decimal ?? raw.decimal);
  const plain = plainNumber(text, style);
  if (plain === null) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

const MEASURED = /^([+-]?[\d.,' ]*\d)\s*([^\d\s].*)$/;

/**
 * A number with its unit in the same cell: `5.2 mmol/L`, `80kg`.
 *
 * @returns The number's text and the unit in UCUM; null when the rest is no unit.
 */
export function splitMeasured(text: string): { readonly number: string; readonly unit: string } | null {
  const match = MEASURED.exec(text);
  if (!match) return null;
  const unit = normalizeUnit(match[2]!);
  return unit === null ? null : { number: match[1]!, unit };
}
