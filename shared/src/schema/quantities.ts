/** Which quantity a feature or a column is, by name, label or code, and what converts its units. */
import type { Feature } from './dictionary.ts';
import { fold, squash } from './fold.ts';
import { QUANTITY_LIST, type QuantityEntry } from './quantities-list.ts';
import { normalizeUnit, unitNamed } from './units.ts';

export type Quantity = QuantityEntry;

/** value in the new unit = value × scale + shift. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly scale: number;
  readonly shift: number;
  /** Where the factor comes from, in a few words. */
  readonly source: string;
}

const BY_WORD = new Map(QUANTITY_LIST.flatMap((entry) => [...entry.words, entry.key].map((word) => [word.replaceAll(' ', ''), entry])));
const BY_LOINC = new Map(QUANTITY_LIST.flatMap((entry) => entry.loinc.map((code) => [code, entry])));
const UREA_PER_NITROGEN = 60.056 / 28.0134;

/**
 * The quantity a name speaks of.
 *
 * @param name - A column name, feature name or label; units, LOINC codes and words such as "baseline" beside it do not matter.
 * @returns Null when it is none of the list.
 * @example quantityNamed('Glukose_mmol')?.key // "glucose"
 */
export function quantityNamed(name: string): Quantity | null {
  const loinc = /\b\d{1,5}-\d\b/.exec(name)?.[0];
  const coded = loinc === undefined ? undefined : BY_LOINC.get(loinc);
  if (coded) return coded;
  for (const candidate of [name, coreName(name)]) {
    const found = BY_WORD.get(squash(candidate));
    if (found) return found;
  }
  return null;
}

const FILLER =
  /^(?:baseline|bl|adm|admission|aufnahme|bei|at|the|of|patient|patients|serum|plasma|blood|blut|lab|labor|value|wert|result|first|last|latest|mean|resting|measured|fasting|nuchtern|level|concentration|v\d|t\d|visit|entry|initial|s|p)$/;

/** A name without its unit and without words that say only when or where it was measured. */
export function coreName(name: string): string {
  const words = fold(stripUnit(name).rest).split(' ');
  const core = words.filter((word) => !FILLER.test(word));
  return (core.length > 0 ? core : words).join(' ');
}

const UNIT_TAIL = /^(.*?)[\s_.-]*[([{]\s*([^()[\]{}]+(?:\[[^\]]*\][^()[\]{}]*)?)\s*[)\]}]\s*$/;

/**
 * Takes the unit off the end of a column name: `Cholesterol (mmol/L)`, `chol_mg_dl`, `weight kg`, `glucose [mg/dl]`.
 *
 * @returns The name without it, and the unit in UCUM or null.
 */
export function stripUnit(name: string): { readonly rest: string; readonly unit: string | null } {
  const bracketed = UNIT_TAIL.exec(name);
  if (bracketed) {
    const found = normalizeUnit(bracketed[2]!.trim());
    if (found !== null) return { rest: bracketed[1]!, unit: found };
  }
  const parts = name.split(/[\s_.,;:-]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((part) => part !== '');
  for (const count of [4, 3, 2, 1]) {
    if (parts.length <= count) continue;
    const tail = parts.slice(-count);
    for (const glue of ['', '/']) {
      const text = tail.join(glue);
      if (text.length < 2 && !['%'].includes(text)) continue;
      const found = normalizeUnit(text);
      if (found !== null) return { rest: parts.slice(0, -count).join(' '), unit: found };
    }
  }
  return { rest: name, unit: null };
}

/** The quantity of a feature: by its name, its label, or LOINC code in the label. */
export function quantityOf(feature: Pick<Feature, 'name' | 'label' | 'column'>): Quantity | null {
  return quantityNamed(feature.label) ?? quantityNamed(feature.name) ?? quantityNamed(feature.column);
}

/**
 * Finds what turns one unit into another.
 *
 * @param from - UCUM.
 * @param to - UCUM.
 * @param quantity - What is measured; without it only units of one dimension convert.
 * @returns Null when nothing is known.
 * @example conversionBetween('mmol/L', 'mg/dL', quantityNamed('glucose'))?.scale // 18.0156
 */
export function conversionBetween(from: string, to: string, quantity: Quantity | null): Conversion | null {
  const [a, b] = [unitNamed(from), unitNamed(to)];
  if (from === to) return { from, to, scale: 1, shift: 0, source: 'the same unit' };
  if (!a || !b) return null;
  if (quantity?.key === 'hba1c' && from !== to) {
    const known = glycated(from, to);
    if (known) return known;
  }
  if (a.dimension === b.dimension) {
    return { from, to, scale: a.factor / b.factor, shift: (a.shift - b.shift) / b.factor, source: 'UCUM' };
  }
  const mass = quantity?.molarMass ?? null;
  if (mass === null) return null;
  const source = `molar mass ${mass} g/mol`;
  if (a.dimension === 'molar-concentration' && b.dimension === 'mass-concentration') {
    return { from, to, scale: (a.factor * mass) / b.factor, shift: 0, source };
  }
  if (a.dimension === 'mass-concentration' && b.dimension === 'molar-concentration') {
    return { from, to, scale: a.factor / mass / b.factor, shift: 0, source };
  }
  return null;
}

/** NGSP % and IFCC mmol/mol. Source: master equation, Hoelzel et al., Clin Chem 2004;50:166: NGSP = 0.09148 × IFCC + 2.152. */
function glycated(from: string, to: string): Conversion | null {
  const source = 'IFCC–NGSP master equation';
  if (from === 'mmol/mol' && to === '%') return { from, to, scale: 0.09148, shift: 2.152, source };
  if (from === '%' && to === 'mmol/mol') return { from, to, scale: 1 / 0.09148, shift: -2.152 / 0.09148, source };
  return null;
}

/** Urea in place of urea nitrogen, or the other way round: the same unit, another substance. */
export function substanceFactor(from: Quantity, to: Quantity): number | null {
  if (from.key === 'urea-nitrogen' && to.key === 'urea') return UREA_PER_NITROGEN;
  if (from.key === 'urea' && to.key === 'urea-nitrogen') return 1 / UREA_PER_NITROGEN;
  return null;
}

/** Applies a conversion. */
export function convert({ scale, shift }: Pick<Conversion, 'scale' | 'shift'>, value: number): number {
  return value * scale + shift;
}
