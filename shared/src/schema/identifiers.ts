/**
 * Columns that say who a patient is, by name and by content. Such a column is greyed on the page and never becomes part of the checked
 * table; nothing here returns a cell's text.
 */
import { isMissingText } from './cells.ts';
import { PERSONAL_NUMBERS } from './check-digits.ts';
import { dateOrderOf, looksLikeDate, parseDate } from './dates.ts';
import { isFirstName } from './first-names.ts';
import { fold } from './fold.ts';
import { type IdentifierKind, identifierNamed } from './identifier-names.ts';
import { quantityNamed } from './quantities.ts';

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}$/;
const PHONE = /^(?:\+|00|\(|0)?[\d][\d\s()/.-]{5,18}\d(?:\s*(?:x|ext\.?)\s*\d+)?$/;
const PHONE_START = /^(?:\+|00\d|\(|0[1-9])|^\d{3}[-. ]\d{3}[-. ]\d{4}$/;
const STREET =
  /(?:\b(?:street|st|road|rd|avenue|ave|lane|drive|blvd|boulevard|court|rue|chemin|impasse|calle|avenida|plaza|via|viale|piazza|corso|ulica|ul|aleja|al|os)\b|str(?:aße|asse|\.)|weg\b|gasse\b|platz\b|allee\b|straat\b|laan\b)/i;
const POSTCODES = [
  /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
  /^\d{2}-\d{3}$/,
  /^\d{4} ?[A-Z]{2}$/i,
  /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  /^\d{5}-\d{4}$/,
  /^(?:D|A|CH|F|I|L|B)-\d{4,5}$/,
];
const NETWORK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|https?:\/\/\S+|[0-9a-f]{2}(?::[0-9a-f]{2}){5})$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
const CAPITALIZED = /^\p{Lu}[\p{L}'’.-]*(?:,? \p{Lu}[\p{L}'’.-]*){0,3}$/u;

/** What is known of a column's cells before it is judged. */
export interface CellSample {
  /** Trimmed cells that are not missing. */
  readonly texts: readonly string[];
  /** Share of different texts among them, 0 to 1. */
  readonly distinctShare: number;
}

/** Takes what is needed for a judgement from a column. */
export function sampleOf(cells: readonly string[]): CellSample {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => !isMissingText(cell));
  return { texts, distinctShare: texts.length === 0 ? 0 : new Set(texts).size / texts.length };
}

/**
 * What a column identifies.
 *
 * @param column - Its name.
 * @param sample - Some of its cells; an even sample of 2,000 is plenty.
 * @returns Null for a column that identifies nobody. A name alone is not enough where the cells cannot be what it says.
 */
export function identifierOf(column: string, sample: CellSample): IdentifierKind | null {
  const named = identifierNamed(column);
  if (named !== null && agrees(named, column, sample)) return named;
  const found = identifierByContent(sample);
  // Cells per microlitre have six digits; nothing that is measured has eight.
  const isMeasured = found === 'record-number' && quantityNamed(column) !== null && share(sample.texts, (text) => text.length <= 7) >= 0.9;
  return isMeasured ? null : found;
}

function share(texts: readonly string[], test: (text: string) => boolean): number {
  if (texts.length === 0) return 0;
  return texts.reduce((count, text) => count + Number(test(text)), 0) / texts.length;
}

const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
const countDigits = (text: string): number => text.replace(/\D/g, '').length;

function agrees(kind: IdentifierKind, column: string, { texts, distinctShare }: CellSample): boolean {
  if (texts.length === 0) return true;
  switch (kind) {
    case 'birth-date':
      return share(texts, (text) => looksLikeDate(text)) >= 0.5;
    case 'phone':
      return share(texts, (text) => countDigits(text) >= 6) >= 0.5;
    case 'national-id':
    case 'insurance-number':
    case 'bank-account':
      return share(texts, (text) => countDigits(text) >= 5) >= 0.5;
    case 'name':
      return share(texts, hasLetter) >= 0.5 && share(texts, (text) => text.length > 1) >= 0.5;
    case 'postcode':
      return share(texts, (text) => text.length >= 3 && text.length <= 10 && /\d{2}/.test(text)) >= 0.5;
    case 'address':
      return share(texts, hasLetter) >= 0.5 || /lat|lon/.test(fold(column)) || /\d/.test(texts[0] ?? '');
    case 'record-number':
      return distinctShare >= 0.3;
    case 'free-text':
      return share(texts, hasLetter) >= 0.5 && (distinctShare >= 0.3 || meanLength(texts) >= 16);
    case 'email':
    case 'network-address':
      return share(texts, (text) => /[@.:/]/.test(text)) >= 0.2;
  }
}

/** Judged by cells alone: forms with check digits first, then forms, then how different the texts are. */
export function identifierByContent({ texts, distinctShare }: CellSample): IdentifierKind | null {
  if (texts.length === 0) return null;
  if (share(texts, (text) => EMAIL.test(text)) >= 0.2) return 'email';
  if (share(texts, (text) => NETWORK.test(text)) >= 0.5) return 'network-address';
  const personal = personalNumber(texts, distinctShare);
  if (personal !== null) return personal;
  if (share(texts, looksLikeDate) >= 0.6) return isBirthDates(texts) ? 'birth-date' : null;
  if (share(texts, (text) => UUID.test(text)) >= 0.5) return 'record-number';
  if (share(texts, isPhone) >= 0.6 && distinctShare > 0.3) return 'phone';
  if (share(texts, (text) => POSTCODES.some((form) => form.test(text))) >= 0.7 && distinctShare > 0.1) return 'postcode';
  if (share(texts, (text) => NUMBER.test(text)) >= 0.6) return isRecordNumbers(texts, distinctShare) ? 'record-number' : null;
  return textIdentifier(texts, distinctShare);
}

function personalNumber(texts: readonly string[], distinctShare: number): IdentifierKind | null {
  if (distinctShare < 0.2) return null;
  const plain = texts.map((text) => text.replace(/\s/g, '').toUpperCase());
  for (const { kind, form, isValid, isTelling } of PERSONAL_NUMBERS) {
    const formed = plain.filter((text) => form.test(text));
    if (formed.length < Math.max(2, plain.length * (isTelling ? 0.3 : 0.8))) continue;
    const valid = share(formed, isValid);
    if (isTelling ? valid >= 0.7 : valid >= 0.85 && formed.length >= 4) return kind;
  }
  return null;
}

function isPhone(text: string): boolean {
  const digits = countDigits(text);
  return (
    PHONE.test(text) && PHONE_START.test(text) && digits >= 7 && digits <= 15 && !looksLikeDate(text) && !/^0*[.,]?\d*[.,]\d+$/.test(text)
  );
}

/** Dates of birth lie decades apart; dates of visits seldom do. */
function isBirthDates(texts: readonly string[]): boolean {
  const { order } = dateOrderOf(texts);
  const years = texts
    .flatMap((text) => {
      const date = parseDate(text, order);
      return date === null || date === 'impossible' ? [] : [date.year];
    })
    .sort((a, b) => a - b);
  if (years.length < 5) return false;
  const at = (part: number) => years[Math.floor(part * (years.length - 1))]!;
  return at(0.9) - at(0.1) >= 25 && at(0.1) < 1975;
}

/** Long whole numbers, nearly all different: nothing a clinic measures looks like that. */
function isRecordNumbers(texts: readonly string[], distinctShare: number): boolean {
  if (texts.length < 10 || distinctShare < 0.9) return false;
  const whole = texts.filter((text) => /^\d+$/.test(text));
  if (whole.length < texts.length * 0.95) return false;
  if (share(whole, (text) => text.length >= 6) >= 0.9) return true;
  const numbers = whole.map(Number);
  const [first = 0] = numbers;
  const isCounted = first <= 1 || first >= 1000;
  return isCounted && texts.length >= 20 && distinctShare === 1 && numbers.every((value, at) => at === 0 || value === numbers[at - 1]! + 1);
}

function textIdentifier(texts: readonly string[], distinctShare: number): IdentifierKind | null {
  if (share(texts, (text) => STREET.test(text) && /\d/.test(text)) >= 0.4 && distinctShare > 0.3) return 'address';
  const first = share(texts, (text) => fold(text).split(' ').some(isFirstName));
  if (first >= 0.3 && share(texts, (text) => CAPITALIZED.test(text) || /^[\p{L} ,.'’-]+$/u.test(text)) >= 0.6) return 'name';
  if (texts.length < 8 || distinctShare < 0.5) return null;
  if (share(texts, (text) => /^(?=.*\d)[\p{L}\d][\p{L}\d_./-]{3,}$/u.test(text) && !NUMBER.test(text)) >= 0.7 && distinctShare > 0.8)
    return 'record-number';
  if (share(texts, (text) => text.split(/\s+/).length >= 4) >= 0.5) return 'free-text';
  if (share(texts, (text) => CAPITALIZED.test(text) && /^[^\d]+$/.test(text)) >= 0.7) return 'name';
  return distinctShare > 0.7 && share(texts, hasLetter) >= 0.8 && meanLength(texts) >= 12 ? 'free-text' : null;
}

const meanLength = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);

/**
 * A cell's text as a report may show it: what looks like a person's number, address, date or name is replaced.
 *
 * @example showableText('anna@example.org') // "(hidden: looks like an e-mail address)"
 */
export function showableText(text: string): string {
  const plain = text.trim();
  const compact = plain.replace(/\s/g, '').toUpperCase();
  if (/\S@\S+\.\S/.test(plain)) return '(hidden: looks like an e-mail address)';
  if (PERSONAL_NUMBERS.some(({ form, isValid }) => form.test(compact) && isValid(compact))) return '(hidden: looks like a personal number)';
  if (isPhone(plain) && countDigits(plain) >= 8) return '(hidden: looks like a telephone number)';
  if (STREET.test(plain) && /\d/.test(plain) && /\p{L}{3}/u.test(plain)) return '(hidden: looks like an address)';
  const words = fold(plain).split(' ');
  if (words.length >= 2 && words.length <= 4 && words.some(isFirstName) && /^\p{Lu}/u.test(plain)) return '(hidden: looks like a name)';
  if (words.length >= 6) return '(hidden: free text)';
  return plain.slice(0, 80);
}
