/**
 * A REDCap data dictionary (CSV) to features of a plan. What cannot be a feature is named with its reason; identifiers never become one.
 * Source: the column order and names of REDCap's data dictionary.
 */
import { readCsv } from './csv.ts';
import { type RawTable, ReadingError } from './raw-table.ts';

interface Code {
  readonly code: string;
  readonly label: string;
}

/** As a person would write it in a plan; `column` only where the variable's own name is none that a feature can have. */
export type RedcapFeature = { readonly name: string; readonly column?: string; readonly label: string; readonly required?: true } & (
  | { readonly type: 'number'; readonly range: readonly [number, number]; readonly unit?: string }
  | { readonly type: 'binary' | 'category'; readonly codes: readonly Code[]; readonly missing?: readonly string[] }
);

export interface RedcapFeatures {
  readonly features: readonly RedcapFeature[];
  /** The variable with the record id: the first one, which REDCap makes a text. Null where the dictionary is only a part of one. */
  readonly record: string | null;
  /** Every variable of the dictionary, in its order. */
  readonly fields: readonly string[];
  /** One sentence for each field that was left out or needs a look. */
  readonly notices: readonly string[];
}

const MISSING_LABEL =
  /^(?:unknown|missing|not (?:known|done|available|applicable|assessed|recorded|reported)|n\/?a|refused|declined|prefer not to (?:say|answer)|don'?t know|unbekannt|keine angabe|nicht bekannt|nieznane|brak danych|inconnu|desconocido)\.?$/i;
const UNIT = /[([]\s*([a-zA-Zµμ%°][^()[\]]{0,19})\s*[)\]]\s*:?\s*$/;
const UNIT_SHAPE =
  /^(?:%|°?[CF]|[a-zµμ]{1,4}(?:\[?[A-Z][a-z]?\]?)?(?:\/[a-zµμ0-9.^²³]{1,12})*|mm ?Hg|bpm|kg\/m\^?[2²]|years?|months?|days?|cm|mL?\/min(?:\/1\.73 ?m\^?[2²])?)$/i;

/**
 * @param bytes - The dictionary as REDCap exports it.
 * @returns Feature objects for `features` of a plan, in the order of the dictionary, and notices.
 * @throws ReadingError `bad-source` for a file that is no data dictionary.
 */
export function featuresFromRedcap(bytes: Uint8Array): RedcapFeatures {
  const raw = readCsv(bytes, { headerRow: 1 });
  const column = finder(raw);
  const features: RedcapFeature[] = [];
  const notices: string[] = lostRows(raw);
  const fields: string[] = [];
  let record: string | null = null;
  for (let row = 0; row < raw.rowCount; row++) {
    const read = (position: number) => (position < 0 ? '' : raw.cell(row, position).trim());
    const name = read(column.name);
    if (name === '') continue;
    if (fields.includes(name)) {
      notices.push(`${name} stands twice in the dictionary; the second was left out.`);
      continue;
    }
    const label = plainText(read(column.label)) || name;
    const type = read(column.type).toLowerCase();
    fields.push(name);
    if (fields.length === 1 && type === 'text') {
      record = name;
      notices.push(`${name} is the record id and was left out.`);
      continue;
    }
    if (/^y/i.test(read(column.identifier))) {
      notices.push(`${name} is marked as an identifier and was left out.`);
      continue;
    }
    const common: Common = {
      ...named(name, fields.length),
      label: label.slice(0, 200),
      ...(/^y/i.test(read(column.required)) ? { required: true as const } : {}),
    };
    const before = features.length;
    const validation = read(column.validation).toLowerCase();
    if (type === 'radio' || type === 'dropdown' || type === 'select' || type === 'sql')
      addChoices(common, read(column.choices), features, notices);
    else if (type === 'checkbox') addCheckboxes(common, name, read(column.choices), features, notices);
    else if (type === 'yesno') features.push({ ...common, type: 'binary', codes: codesNamed('No', 'Yes') });
    else if (type === 'truefalse') features.push({ ...common, type: 'binary', codes: codesNamed('False', 'True') });
    else if (type === 'slider') addNumber(common, read(column.min) || '0', read(column.max) || '100', '', features, notices);
    else if (type === 'calc' || (type === 'text' && /^(?:number|integer)/.test(validation))) {
      addNumber(common, read(column.min), read(column.max), unitIn(read(column.label), read(column.note)), features, notices);
    } else notices.push(`${name} is ${kindInWords(type, validation)} and was left out.`);
    const branching = read(column.branching).replace(/\s+/g, ' ');
    if (branching !== '' && features.length > before)
      notices.push(`${name} is asked only where ${branching.slice(0, 120)}; elsewhere it is empty, which a plan takes as missing.`);
  }
  if (features.length === 0) notices.push('No field of this dictionary can be a feature.');
  return { features, record, fields, notices };
}

/** Lines of the file that are no field, though something stands in them. */
function lostRows(raw: RawTable): string[] {
  const dropped = raw.dropped.filter(({ kind }) => kind !== 'blank').map(({ line, reason }) => `Line ${line} was left out: it ${reason}.`);
  const ragged = raw.ragged.map(
    ({ line, cells }) => `Line ${line} was left out: it has ${cells} cells, the first line ${raw.columns.length}.`,
  );
  return [...dropped, ...ragged];
}

/** A variable's name if a feature can have it, else one made of it, with the variable as its column. */
function named(field: string, position: number): { readonly name: string; readonly column?: string } {
  if (field.length <= 64 && /^[A-Za-z][A-Za-z0-9_.-]*$/.test(field)) return { name: field };
  const plain = field.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^[^A-Za-z]+/, '');
  return { name: `${(plain || 'field').slice(0, 55)}_${position}`, column: field };
}

const codesNamed = (no: string, yes: string): Code[] => [
  { code: '0', label: no },
  { code: '1', label: yes },
];

function finder(raw: RawTable) {
  const at = (pattern: RegExp) => raw.columns.findIndex((name) => pattern.test(name));
  const found = {
    name: at(/^(?:variable ?\/ ?field name|field_name)$/i),
    type: at(/^field[ _]type$/i),
    label: at(/^field[ _]label$/i),
    choices: at(/^(?:choices,? calculations|select_choices_or_calculations)/i),
    note: at(/^field[ _]note$/i),
    validation: at(/^text[ _]validation[ _]type/i),
    min: at(/^text[ _]validation[ _]min/i),
    max: at(/^text[ _]validation[ _]max/i),
    identifier: at(/^identifier\??$/i),
    branching: at(/^branching[ _]logic/i),
    required: at(/^required[ _]field\??$/i),
  };
  if (found.name < 0 || found.type < 0) {
    throw new ReadingError(
      'bad-source',
      'This is not a REDCap data dictionary: it has no columns "Variable / Field Name" and "Field Type".',
    );
  }
  return found;
}

type Common = Pick<RedcapFeature, 'name' | 'column' | 'label' | 'required'>;

/** `1, Male | 2, Female`. */
function choicesIn(text: string): Code[] {
  return text.split('|').flatMap((part) => {
    const comma = part.indexOf(',');
    const code = (comma < 0 ? part : part.slice(0, comma)).trim();
    return code === '' ? [] : [{ code, label: plainText(comma < 0 ? code : part.slice(comma + 1)).slice(0, 200) || code }];
  });
}

function addChoices(common: Common, text: string, features: RedcapFeature[], notices: string[]): void {
  const all = choicesIn(text);
  const missing = all.filter(({ label }) => MISSING_LABEL.test(label)).map(({ code }) => code);
  const codes = all.filter(({ code }) => !missing.includes(code));
  if (codes.length < 2 || codes.length > 64) {
    notices.push(`${common.name} has ${codes.length} choices and was left out; a feature has 2 to 64.`);
    return;
  }
  if (missing.length > 0) notices.push(`${common.name}: ${missing.join(', ')} is taken as missing.`);
  const kept = missing.length > 0 ? { missing } : {};
  const [first, second] = codes;
  const isReversed = codes.length === 2 && /^(?:yes|ja|oui|sí|si|tak|true|positive|present)$/i.test(first?.label ?? '');
  const ordered = isReversed && first !== undefined && second !== undefined ? [second, first] : codes;
  features.push({ ...common, type: codes.length === 2 ? 'binary' : 'category', codes: ordered, ...kept });
}

function addCheckboxes(common: Common, field: string, text: string, features: RedcapFeature[], notices: string[]): void {
  const choices = choicesIn(text);
  if (choices.length === 0) notices.push(`${field} has no choices and was left out.`);
  for (const { code, label } of choices) {
    const box = `${field}___${code.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
    const words = `${common.label}: ${label}`.slice(0, 200);
    features.push({ ...named(box, features.length + 1), label: words, type: 'binary', codes: codesNamed('Unchecked', 'Checked') });
  }
}

function addNumber(common: Common, min: string, max: string, unit: string, features: RedcapFeature[], notices: string[]): void {
  const [low, high] = [min, max].map((text) => (text === '' ? Number.NaN : Number(text.replace(',', '.'))));
  const range: [number, number] = [
    Number.isFinite(low) ? (low as number) : Math.min(0, (high as number) || 0),
    Number.isFinite(high) ? (high as number) : 1_000_000,
  ];
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    notices.push(
      `${common.name} has no lowest and highest value in the dictionary: set its range in the plan (now ${range[0]} to ${range[1]}).`,
    );
  }
  if (!(range[0] < range[1])) {
    notices.push(`${common.name} has a lowest value that is not below its highest and was left out.`);
    return;
  }
  features.push({ ...common, type: 'number', range, ...(unit === '' ? {} : { unit }) });
}

function unitIn(label: string, note: string): string {
  const bare = plainText(note);
  const inLabel = UNIT.exec(plainText(label))?.[1]?.trim() ?? '';
  if (UNIT_SHAPE.test(inLabel)) return inLabel;
  return bare.length <= 20 && UNIT_SHAPE.test(bare) ? bare : '';
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]{0,500}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function kindInWords(type: string, validation: string): string {
  if (/^(?:date|time)/.test(validation)) return 'a date or time';
  if (type === 'text' || type === 'notes' || type === 'textarea') return 'free text';
  return type === 'descriptive' ? 'a description without a value' : `of the type "${type}"`;
}
