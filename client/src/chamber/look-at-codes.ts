/** A coded column under a mapping: its texts, how often each stands there, and the plan's code each is read as. */
import type { RawTable } from '@consilium/shared/reading';
import { type ColumnMapping, codeKey, isMissingText, type Mapping, plainColumn } from '@consilium/shared/schema';
import type { FieldView, TextView } from './data-calls.ts';
import type { PlanField } from './plan-fields.ts';

const SHOWN_TEXTS = 60;
/** A longer text is a note, not a code, and may name someone. */
const LONGEST_TEXT = 60;

type Coded = Extract<PlanField, { kind: 'codes' }>;

export interface CodedLook {
  readonly view: Pick<FieldView, 'values' | 'missing' | 'refused' | 'texts' | 'textCount'>;
  /** Different texts that stand for nothing. */
  readonly unknown: number;
}

export function lookAtCodes(field: Coded, raw: RawTable, entry: ColumnMapping, mapping: Mapping): CodedLook {
  const read = textReader(field, entry, mapping.decimal ?? raw.decimal);
  const alone = textReader(field, plainColumn(entry.column), mapping.decimal ?? raw.decimal);
  const isReadAlone = (text: string) => alone(text).code !== null || alone(text).isMissing;
  let [missing, refused, unknown] = [0, 0, 0];
  const waiting: TextView[] = [];
  const known: TextView[] = [];
  for (const [text, count] of countTexts(raw, raw.columns.indexOf(entry.column))) {
    const view = { text, count, ...read(text) };
    if (view.isMissing) missing += count;
    if (view.isMissing && !view.isChosen) continue;
    if (view.code === null && !view.isMissing) {
      unknown += 1;
      refused += count;
    }
    // The order is that of the file's own texts, whatever a person makes of them: a list stays in place under the hand.
    (isReadAlone(text) ? known : waiting).push({ text, count, code: view.code, isMissing: view.isMissing });
  }
  // What nobody could read without a person comes first.
  const texts = [...waiting, ...known];
  const shown = texts.filter(({ text }) => text.length <= LONGEST_TEXT).slice(0, SHOWN_TEXTS);
  return { view: { values: raw.rowCount - missing - refused, missing, refused, texts: shown, textCount: texts.length }, unknown };
}

/** The commonest first. */
function countTexts(raw: RawTable, at: number): (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < raw.rowCount; row++) {
    const text = raw.cell(row, at).trim();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** As the check will read it; `isChosen` where a person said that the text means missing. */
function textReader(field: Coded, entry: ColumnMapping, decimal: '.' | ',') {
  const declared = new Set(field.codes.map(({ code }) => code));
  const chosen = new Set(entry.missing);
  const missing = new Set(field.missing);
  const translated = new Map(entry.codes.map(({ from, to }) => [codeKey(from, decimal).toLowerCase(), to]));
  return (text: string): { readonly code: string | null; readonly isMissing: boolean; readonly isChosen: boolean } => {
    const key = codeKey(text, decimal);
    if (chosen.has(key)) return { code: null, isMissing: true, isChosen: true };
    const to = codeKey(translated.get(key.toLowerCase()) ?? text, decimal);
    const isRead = declared.has(to) || (field.rule !== null && to !== '' && Number.isFinite(Number(to)));
    return isRead
      ? { code: to, isMissing: false, isChosen: false }
      : { code: null, isMissing: isMissingText(text) || missing.has(key), isChosen: false };
  };
}
