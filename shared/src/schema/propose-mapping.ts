/**
 * Which column of a file is which feature of a plan: by name, label, code and synonyms, weighed with how well the values fit. A proposal
 * never gives a feature a column that identifies patients, and never gives two features one column.
 */
import type { RawTable } from '../reading/index.ts';
import { codeKey } from './cells.ts';
import type { TableSpec } from './checked-table.ts';
import { codeTeller } from './code-words.ts';
import type { Feature } from './dictionary.ts';
import { type ColumnMapping, emptyMapping, type FeatureMapping, type Mapping } from './mapping.ts';
import { nameScore } from './name-score.ts';
import { type ColumnProfile, type SampledColumn, sampleColumns } from './profile.ts';
import { outcomeTargets, outcomeTeller, type Target } from './proposal-targets.ts';
import { conversionBetween, convert, quantityOf, stripUnit } from './quantities.ts';
import { planUnit, suspectUnit } from './unit-detective.ts';
import { isMissingWord, isSentinel } from './words.ts';

export interface Candidate {
  readonly column: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
}

export interface FeatureProposal {
  /** A feature's name, or the plan's outcome column. */
  readonly name: string;
  /** The best column, or null where none is likely. */
  readonly best: Candidate | null;
  /** Whether it can be taken without a question. */
  readonly isSure: boolean;
  readonly others: readonly Candidate[];
  /** The unit the values seem to be in, where it is not the plan's and nothing in the file names it; a person must decide. */
  readonly suspectedUnit: string | null;
  /** Texts of the column that stand for none of the plan's codes; for this hospital's eyes only. */
  readonly unknownCodes: readonly string[];
}

export interface Proposal {
  /** Every match good enough to start from. */
  readonly mapping: Mapping;
  readonly columns: readonly ColumnProfile[];
  readonly features: readonly FeatureProposal[];
  readonly outcome: readonly FeatureProposal[];
}

/** Enough to show as a match, and enough to take without a question. */
const LIKELY = 0.5;
const SURE = 0.8;
/** A column with more different numbers holds no codes. */
const MOST_DISTINCT_CODES = 200;

/**
 * Proposes a mapping.
 *
 * @param raw - As read from the file.
 * @param spec - What the plan asks for.
 * @param study - The study's short name, kept in the mapping.
 */
export function proposeMapping(raw: RawTable, spec: TableSpec, study = ''): Proposal {
  const columns = sampleColumns(raw);
  const targets: Target[] = [
    ...spec.features.map((feature): Target => ({ kind: 'feature', name: feature.name, feature })),
    ...outcomeTargets(spec),
  ];
  const patientId = patientColumn(columns, spec);
  const reserved = new Set([patientId, ...spec.extraColumns]);
  const free = columns.filter(({ column }) => !reserved.has(column));
  const scores = targets.map((target) => free.map((column) => score(target, column)).filter(({ confidence }) => confidence > 0.2));
  const chosen = assign(scores);
  const features: Record<string, FeatureMapping> = {};
  const outcome: Record<string, ColumnMapping> = {};
  const twins = new Set(raw.renamed.filter(({ was }) => was !== '').map(({ column }) => raw.columns[column]));
  const proposals = targets.map((target, at) => {
    const best = chosen[at] ?? null;
    const others = scores[at]!.filter(({ column }) => column !== best?.column)
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, 3);
    const entry = best === null ? null : columnMapping(target, best);
    if (entry !== null && target.kind === 'feature') features[target.name] = entry.mapping;
    if (entry !== null && target.kind === 'outcome') outcome[target.name] = entry.mapping;
    return {
      name: target.name,
      best: best === null ? null : candidate(best),
      // Of two columns with one name in the file, a person must say which is meant.
      isSure: best !== null && best.confidence >= SURE && !twins.has(best.column),
      others: others.map(candidate),
      suspectedUnit: entry?.suspectedUnit ?? null,
      unknownCodes: entry?.unknownCodes ?? [],
    };
  });
  return {
    mapping: { ...emptyMapping(study), features, outcome, patientId, split: splitColumn(columns, spec) },
    columns: columns.map(({ cells: _cells, values: _values, distinct: _distinct, ...profile }) => profile),
    features: proposals.slice(0, spec.features.length),
    outcome: proposals.slice(spec.features.length),
  };
}

interface Scored extends Candidate {
  readonly sample: SampledColumn;
  readonly unit: string | null;
}

const candidate = ({ column, confidence, reason }: Scored): Candidate => ({ column, confidence, reason });

function score(target: Target, sample: SampledColumn): Scored {
  const names =
    target.kind === 'feature' ? [target.feature.column, target.feature.name, target.feature.label] : [target.name, ...target.labels];
  const [primary = ''] = names;
  const { points, reason } = nameScore(names, sample.column);
  const { fit, unit } = target.kind === 'feature' ? featureFit(target.feature, sample) : { fit: outcomeFit(target, sample), unit: null };
  const isOwn = sample.column === primary;
  const isCleared =
    sample.identifier === null || (isOwn && fit >= 0.8 && (sample.identifier === 'record-number' || sample.identifier === 'name'));
  if (!isCleared) return { column: sample.column, confidence: 0, reason: 'it identifies patients', sample, unit: null };
  if (sample.kind === 'empty')
    return {
      column: sample.column,
      confidence: isOwn ? 1 : points * 0.6,
      reason: isOwn ? reason : `${reason}, but the column is empty`,
      sample,
      unit,
    };
  const isWords =
    target.kind === 'feature' && target.feature.type === 'number' && fit === 0 && (sample.kind === 'text' || sample.kind === 'code');
  if (isWords) return { column: sample.column, confidence: 0, reason: 'it holds words, not numbers', sample, unit: null };
  const confidence = isOwn ? 1 : points * (0.35 + 0.65 * fit);
  const how = fit >= 0.9 ? 'the values fit' : fit >= 0.5 ? 'most values fit' : 'few values fit';
  return { column: sample.column, confidence, reason: `${reason}; ${how}`, sample, unit };
}

/** Share of the filled cells that can be read as the feature, 0 to 1, and the unit the column's name gives. */
function featureFit(feature: Feature, sample: SampledColumn): { readonly fit: number; readonly unit: string | null } {
  if (feature.type !== 'number') {
    if (sample.kind === 'number' && sample.distinct > MOST_DISTINCT_CODES) return { fit: 0, unit: null };
    const tell = codeTeller(feature);
    return { fit: shareOf(sample, (text) => tell(text) !== null), unit: null };
  }
  if (sample.kind === 'date') return { fit: 0, unit: null };
  const [low, high] = feature.range;
  const inside = (value: number) => value >= low && value <= high;
  const named = stripUnit(sample.column).unit;
  const quantity = quantityOf(feature);
  const to = planUnit(feature, quantity);
  const conversion = named === null || to === null || named === to ? null : conversionBetween(named, to, quantity);
  const known = sample.values.filter((value) => !Number.isNaN(value) && !(isSentinel(value) && !inside(value)));
  const share = (test: (value: number) => boolean) => (known.length === 0 ? 0 : known.filter(test).length / sample.filled);
  const asIs = share(inside);
  if (conversion === null) {
    const suspicion = suspectUnit(feature, known);
    return { fit: suspicion === null ? asIs : Math.max(asIs, 0.6), unit: null };
  }
  const converted = share((value) => inside(convert(conversion, value)));
  return { fit: Math.max(converted, 0.5 * asIs), unit: named };
}

function outcomeFit(target: Extract<Target, { kind: 'outcome' }>, sample: SampledColumn): number {
  if (target.codes !== null) {
    const tell = outcomeTeller(target);
    return shareOf(sample, (text) => tell(text) !== null);
  }
  if (sample.kind === 'number') return 1;
  const hasWords = target.yes !== null && target.no !== null;
  const tell = outcomeTeller(target);
  return shareOf(sample, (text, value) => !Number.isNaN(value) || (hasWords && tell(text) !== null));
}

function shareOf(sample: SampledColumn, test: (text: string, value: number) => boolean): number {
  let count = 0;
  sample.cells.forEach((text, at) => {
    if (text !== '' && test(text, sample.values[at]!)) count += 1;
  });
  return sample.filled === 0 ? 0 : Math.min(1, count / sample.filled);
}

/** The best pair first, and so on; a column is given once. */
function assign(scores: readonly (readonly Scored[])[]): (Scored | null)[] {
  const chosen: (Scored | null)[] = scores.map(() => null);
  const used = new Set<string>();
  const pairs = scores
    .flatMap((list, target) => list.map((scored) => ({ target, scored })))
    .sort((a, b) => b.scored.confidence - a.scored.confidence);
  for (const { target, scored } of pairs) {
    if (scored.confidence < LIKELY || chosen[target] !== null || used.has(scored.column)) continue;
    chosen[target] = scored;
    used.add(scored.column);
  }
  return chosen;
}

function columnMapping(target: Target, { sample, column, unit }: Scored) {
  const codes: { from: string; to: string }[] = [];
  const missing: string[] = [];
  const unknownCodes: string[] = [];
  let suspectedUnit: string | null = null;
  if (target.kind === 'feature' && target.feature.type === 'number') {
    const { feature } = target;
    const [low, high] = feature.range;
    for (const word of sample.missingWords) if (word.length <= 100) missing.push(codeKey(word));
    for (const value of new Set(sample.values)) {
      if (isSentinel(value) && (value < low || value > high) && !feature.missing.includes(String(value))) missing.push(String(value));
    }
    const known = sample.values.filter((value) => !Number.isNaN(value) && !missing.includes(String(value)));
    if (unit === null) suspectedUnit = suspectUnit(feature, known)?.conversion.from ?? null;
    const quantity = quantityOf(feature);
    const conversion = conversionBetween(unit ?? suspectedUnit ?? '', planUnit(feature, quantity) ?? '', quantity);
    // What is plausible in the file's own unit is a value: 99 µmol/L of creatinine is no code for "missing".
    const isValue = (text: string) => {
      const value = conversion === null || text === '' ? Number.NaN : convert(conversion, Number(text));
      return value >= low && value <= high;
    };
    for (const text of missing.filter(isValue)) missing.splice(missing.indexOf(text), 1);
  } else {
    const tell = target.kind === 'feature' && target.feature.type !== 'number' ? codeTeller(target.feature) : outcomeTeller(target);
    const declared =
      target.kind === 'feature' && target.feature.type !== 'number'
        ? new Set(target.feature.codes.map(({ code }) => code))
        : new Set<string>();
    for (const { text } of sample.codes) {
      const to = tell(text);
      if (to === null) unknownCodes.push(text);
      else if (!declared.has(codeKey(text)) && codeKey(text) !== to) codes.push({ from: text, to });
    }
    for (const word of sample.missingWords) if (tell(word) === null && !declared.has(codeKey(word))) missing.push(codeKey(word));
  }
  const mapping: ColumnMapping = { column, unit, codes, missing: [...new Set(missing)].slice(0, 50), until: null };
  const remaining = unknownCodes.filter((text) => {
    const value = Number(text);
    if (!Number.isNaN(value) && isSentinel(value) && value !== 0 && mapping.missing.length < 50) {
      (mapping.missing as string[]).push(codeKey(text));
      return false;
    }
    return !isMissingWord(text);
  });
  return { mapping, unknownCodes: remaining, suspectedUnit };
}

/** The column that tells patients apart: under the plan's name, or the one column that is named as a record number of patients. */
function patientColumn(columns: readonly SampledColumn[], spec: TableSpec): string | null {
  const wanted = spec.patientColumn ?? null;
  if (wanted !== null && columns.some(({ column }) => column === wanted)) return wanted;
  const numbered = columns.filter(({ identifier, filled, sampled }) => identifier === 'record-number' && filled >= 0.9 * sampled);
  const named = numbered.filter(({ column }) => /pat|mrn|person|subject|subj|pid|usubjid/i.test(column));
  if (named.length === 1) return named[0]!.column;
  return wanted !== null && numbered.length === 1 ? numbered[0]!.column : null;
}

function splitColumn(columns: readonly SampledColumn[], spec: TableSpec): string | null {
  const wanted = spec.splitColumn ?? null;
  return wanted !== null && columns.some(({ column }) => column === wanted) ? wanted : null;
}
