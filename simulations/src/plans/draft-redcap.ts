/** A first plan from a REDCap data dictionary: its fields are the features, with the ranges, units, codes and missing codes written there. */
import { featuresFromRedcap, type RedcapFeature, type RedcapFeatures } from '@consilium/shared/reading';
import { nearest, normalizeUnit } from '@consilium/shared/schema';
import { SimulationError } from '../input/simulation-error.ts';
import { type DraftWishes, draftText } from './draft-text.ts';

export interface RedcapDraft {
  /** The plan. */
  readonly text: string;
  /** Names of its features, in the order of the dictionary. */
  readonly features: readonly string[];
  /** How many fields the dictionary has. */
  readonly fields: number;
  /** One sentence for each field that was left out or needs a look. */
  readonly notices: readonly string[];
}

/** As many as a plan may have. */
const MOST_FEATURES = 500;
/** What the reader writes where the dictionary names no highest value. */
const NO_HIGHEST = 1_000_000;

/**
 * @param bytes - The dictionary as REDCap exports it (CSV).
 * @param wishes - `outcome`, `time` and `patient` are variables of the dictionary; `patient` is the record id unless it is given.
 * @throws ReadingError for a file that is no dictionary; SimulationError for a variable that is not in it or cannot be the outcome.
 */
export function draftFromRedcap(bytes: Uint8Array, wishes: DraftWishes): RedcapDraft {
  const dictionary = featuresFromRedcap(bytes);
  const { record, fields } = dictionary;
  const { outcome, time, patient = record ?? undefined, site } = wishes;
  for (const name of [outcome, time, wishes.patient]) {
    if (name !== undefined && !fields.includes(name)) throw new SimulationError(notThere(name, dictionary));
  }
  const notices = [...dictionary.notices];
  const taken = new Set([outcome, time, patient, site]);
  const free = dictionary.features.filter((feature) => !taken.has(columnOf(feature)));
  const used = free.slice(0, MOST_FEATURES);
  if (free.length > used.length)
    notices.push(`A plan has at most ${MOST_FEATURES} features; ${free.length - used.length} stand in it as comments.`);
  if (used.length === 0) throw new SimulationError(`Nothing is left to predict "${outcome}" from. ${dictionary.notices.join(' ')}`);
  if (patient === undefined)
    notices.push('The dictionary does not begin with a record id: rows are divided by their number. Give --patient.');
  const found = field(dictionary, outcome);
  if ('missing' in found && found.missing !== undefined)
    notices.push(
      `${outcome}: rows with ${found.missing.join(' or ')} have no known outcome; take them out of the files, since a plan has no missing codes for it.`,
    );
  const lines = free.map((feature, at) => `  ${at < MOST_FEATURES ? '' : '# '}- ${featureText(feature)}${hint(feature)}`);
  const source = `source: { kind: redcap, record: ${record === null ? 'null' : JSON.stringify(record)}, event: first, take: last } # which event and which repeat of a value counts`;
  const parts = { origin: 'a REDCap data dictionary', outcome: outcomeLine(dictionary, wishes), features: lines, source, patient };
  return { text: draftText(wishes, parts), features: used.map(({ name }) => name), fields: fields.length, notices };
}

const columnOf = ({ name, column = name }: RedcapFeature): string => column;

function notThere(name: string, { fields, features }: RedcapFeatures): string {
  const [near] = nearest(name, [...fields, ...features.map(columnOf)]);
  return `There is no variable "${name}" in the dictionary${near === undefined ? '.' : `; did you mean "${near}"?`}`;
}

/** @throws SimulationError for a variable that has no values a plan can read. */
function field({ features, notices }: RedcapFeatures, name: string): RedcapFeature {
  const found = features.find((feature) => columnOf(feature) === name);
  if (found !== undefined) return found;
  const reason = notices.find((notice) => notice.startsWith(`${name} `));
  throw new SimulationError(`"${name}" cannot be an outcome or its time. ${reason ?? ''}`.trim());
}

function outcomeLine(dictionary: RedcapFeatures, { task, outcome, time }: DraftWishes): string {
  const found = field(dictionary, outcome);
  const column = JSON.stringify(outcome);
  switch (task) {
    case 'binary': {
      const rule = eventRule(found);
      return `  - { name: outcome, task: binary, column: ${column}, positive: ${JSON.stringify(rule.text)} } # ${rule.note}`;
    }
    case 'multiclass':
      if (found.type !== 'category')
        throw new SimulationError(`"${outcome}" has no 3 or more choices in the dictionary: choose another --task.`);
      return `  - { name: outcome, task: multiclass, column: ${column}, codes: ${JSON.stringify(found.codes)} }`;
    case 'regression': {
      if (found.type !== 'number') throw new SimulationError(`"${outcome}" is no number in the dictionary: choose another --task.`);
      return `  - { name: outcome, task: regression, column: ${column}, ${unitText(found.unit)}range: [${found.range.join(', ')}] } # a value outside is not known`;
    }
    case 'count': {
      if (found.type !== 'number') throw new SimulationError(`"${outcome}" is no number in the dictionary: choose another --task.`);
      const most = found.range[1] === NO_HIGHEST ? 100 : Math.min(10_000, Math.max(1, Math.ceil(found.range[1])));
      return `  - { name: outcome, task: count, column: ${column}, range: [0, ${most}] } # a value outside is not known`;
    }
    case 'time-to-event': {
      if (time === undefined) throw new SimulationError('A time to event needs --time, the variable with the time.');
      const clock = field(dictionary, time);
      if (clock.type !== 'number') throw new SimulationError(`"${time}" is no number in the dictionary, so it cannot be the time.`);
      const rule = eventRule(found);
      const horizon = clock.range[1] === NO_HIGHEST ? 365 : clock.range[1] / 2;
      return `  - { name: outcome, task: time-to-event, time: ${JSON.stringify(time)}, event: ${JSON.stringify(rule.text)}, ${unitText(clock.unit)}horizon: ${horizon} } # horizon: when risks are told; ${rule.note}`;
    }
  }
}

/** When the event happened: the second of two codes, the last of several, or the upper half of a quantity's range. */
function eventRule(found: RedcapFeature): { readonly text: string; readonly note: string } {
  const column = columnOf(found);
  if (found.type === 'number')
    return { text: `${column} > ${(found.range[0] + found.range[1]) / 2}`, note: 'from which value on it happened cannot be guessed' };
  const last = found.codes.at(-1);
  if (last === undefined || !Number.isFinite(Number(last.code)))
    throw new SimulationError(
      `The codes of "${column}" are not numbers (${found.codes.map(({ code }) => code).join(', ')}), as an event needs them.`,
    );
  return { text: `${column} == ${Number(last.code)}`, note: `when it happened: ${oneLine(last.label)}` };
}

function featureText(feature: RedcapFeature): string {
  const { name, column, label, required } = feature;
  const where = column === undefined ? '' : `column: ${JSON.stringify(column)}, `;
  const must = required === true ? ', required: true' : '';
  const head = `{ name: ${JSON.stringify(name)}, ${where}label: ${JSON.stringify(label)}, type: ${feature.type}`;
  if (feature.type === 'number') return `${head}, ${unitText(feature.unit)}range: [${feature.range.join(', ')}]${must} }`;
  const missing = feature.missing === undefined ? '' : `, missing: ${JSON.stringify(feature.missing)}`;
  return `${head}, codes: ${JSON.stringify(feature.codes)}${missing}${must} }`;
}

const hint = (feature: RedcapFeature): string =>
  feature.type === 'number' && feature.range[1] === NO_HIGHEST ? ' # say what is plausible: the dictionary has no highest value' : '';

const unitText = (unit: string | undefined): string => (unit === undefined ? '' : `unit: ${JSON.stringify(normalizeUnit(unit) ?? unit)}, `);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
