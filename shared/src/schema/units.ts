/**
 * The units hospitals write, as UCUM has them, and how large each is in its dimension. A subset: what stands in clinical exports.
 * Source of names and sizes: UCUM 2.1 (ucum.org); pound, inch and degree Fahrenheit as defined there; mmHg = 133.322387415 Pa.
 */
export type Dimension =
  | 'mass-concentration'
  | 'molar-concentration'
  | 'pressure'
  | 'length'
  | 'mass'
  | 'temperature'
  | 'time'
  | 'fraction'
  | 'rate'
  | 'count-concentration'
  | 'catalytic-concentration'
  | 'mass-index'
  | 'volume'
  | 'clearance';

export interface Unit {
  readonly ucum: string;
  readonly dimension: Dimension;
  /** Value in the dimension's base unit = value × factor + shift. */
  readonly factor: number;
  readonly shift: number;
}

const unit = (ucum: string, dimension: Dimension, factor: number, shift = 0): Unit => ({ ucum, dimension, factor, shift });

/** Base units: g/L, mol/L, Pa, m, kg, kelvin, day, 1, 1/min, 1/L, U/L, kg/m2, L, mL/min. */
const UNITS: readonly Unit[] = [
  unit('g/L', 'mass-concentration', 1),
  unit('g/dL', 'mass-concentration', 10),
  unit('mg/mL', 'mass-concentration', 1),
  unit('mg/dL', 'mass-concentration', 1e-2),
  unit('mg/L', 'mass-concentration', 1e-3),
  unit('ug/mL', 'mass-concentration', 1e-3),
  unit('ug/dL', 'mass-concentration', 1e-5),
  unit('ug/L', 'mass-concentration', 1e-6),
  unit('ng/mL', 'mass-concentration', 1e-6),
  unit('ng/dL', 'mass-concentration', 1e-8),
  unit('ng/L', 'mass-concentration', 1e-9),
  unit('pg/mL', 'mass-concentration', 1e-9),
  unit('mol/L', 'molar-concentration', 1),
  unit('mmol/L', 'molar-concentration', 1e-3),
  unit('umol/L', 'molar-concentration', 1e-6),
  unit('nmol/L', 'molar-concentration', 1e-9),
  unit('pmol/L', 'molar-concentration', 1e-12),
  unit('meq/L', 'molar-concentration', 1e-3), // for ions of charge one, as sodium and potassium
  unit('mm[Hg]', 'pressure', 133.322387415),
  unit('kPa', 'pressure', 1000),
  unit('cm[Hg]', 'pressure', 1333.22387415),
  unit('cm[H2O]', 'pressure', 98.0665),
  unit('m', 'length', 1),
  unit('cm', 'length', 1e-2),
  unit('mm', 'length', 1e-3),
  unit('[in_i]', 'length', 0.0254),
  unit('[ft_i]', 'length', 0.3048),
  unit('kg', 'mass', 1),
  unit('g', 'mass', 1e-3),
  unit('mg', 'mass', 1e-6),
  unit('[lb_av]', 'mass', 0.45359237),
  unit('[stone_av]', 'mass', 6.35029318),
  unit('Cel', 'temperature', 1, 273.15),
  unit('[degF]', 'temperature', 5 / 9, 273.15 - (32 * 5) / 9),
  unit('K', 'temperature', 1),
  unit('a', 'time', 365.25),
  unit('mo', 'time', 365.25 / 12),
  unit('wk', 'time', 7),
  unit('d', 'time', 1),
  unit('h', 'time', 1 / 24),
  unit('min', 'time', 1 / 1440),
  unit('s', 'time', 1 / 86_400),
  unit('1', 'fraction', 1),
  unit('%', 'fraction', 0.01),
  unit('mmol/mol', 'fraction', 1e-3),
  unit('/min', 'rate', 1),
  unit('/s', 'rate', 60),
  unit('10*9/L', 'count-concentration', 1e9),
  unit('10*3/uL', 'count-concentration', 1e9),
  unit('10*12/L', 'count-concentration', 1e12),
  unit('10*6/uL', 'count-concentration', 1e12),
  unit('/uL', 'count-concentration', 1e6),
  unit('U/L', 'catalytic-concentration', 1),
  unit('ukat/L', 'catalytic-concentration', 60),
  unit('kg/m2', 'mass-index', 1),
  unit('L', 'volume', 1),
  unit('mL', 'volume', 1e-3),
  unit('mL/min', 'clearance', 1),
  unit('mL/min/{1.73_m2}', 'clearance', 1),
];

const BY_NAME = new Map(UNITS.map((entry) => [entry.ucum, entry]));

/** How people write them: lower case, without blanks, µ as u. */
const SPELLINGS: Readonly<Record<string, string>> = {
  mmhg: 'mm[Hg]',
  'mm[hg]': 'mm[Hg]',
  torr: 'mm[Hg]',
  cmhg: 'cm[Hg]',
  cmh2o: 'cm[H2O]',
  in: '[in_i]',
  inch: '[in_i]',
  inches: '[in_i]',
  zoll: '[in_i]',
  ft: '[ft_i]',
  feet: '[ft_i]',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  pound: '[lb_av]',
  pounds: '[lb_av]',
  stone: '[stone_av]',
  kilogram: 'kg',
  kilograms: 'kg',
  kgs: 'kg',
  gram: 'g',
  centimeter: 'cm',
  centimetre: 'cm',
  meter: 'm',
  metre: 'm',
  c: 'Cel',
  '°c': 'Cel',
  ºc: 'Cel',
  degc: 'Cel',
  celsius: 'Cel',
  cel: 'Cel',
  f: '[degF]',
  '°f': '[degF]',
  ºf: '[degF]',
  degf: '[degF]',
  '[degf]': '[degF]',
  fahrenheit: '[degF]',
  kelvin: 'K',
  y: 'a',
  yr: 'a',
  yrs: 'a',
  year: 'a',
  years: 'a',
  jahr: 'a',
  jahre: 'a',
  jahren: 'a',
  ans: 'a',
  anni: 'a',
  lat: 'a',
  months: 'mo',
  month: 'mo',
  monate: 'mo',
  mois: 'mo',
  meses: 'mo',
  weeks: 'wk',
  week: 'wk',
  wochen: 'wk',
  day: 'd',
  days: 'd',
  tage: 'd',
  jours: 'd',
  dias: 'd',
  giorni: 'd',
  dni: 'd',
  hour: 'h',
  hours: 'h',
  hrs: 'h',
  stunden: 'h',
  minutes: 'min',
  percent: '%',
  pct: '%',
  prozent: '%',
  bpm: '/min',
  'beats/min': '/min',
  '1/min': '/min',
  'schlage/min': '/min',
  'k/ul': '10*3/uL',
  '10^9/l': '10*9/L',
  'x10^9/l': '10*9/L',
  'x10e9/l': '10*9/L',
  '10e9/l': '10*9/L',
  'g/l(10^9)': '10*9/L',
  '/nl': '10*9/L',
  '/pl': '10*12/L',
  '10^3/ul': '10*3/uL',
  'x10^3/ul': '10*3/uL',
  '10^12/l': '10*12/L',
  '10^6/ul': '10*6/uL',
  'iu/l': 'U/L',
  'kg/m^2': 'kg/m2',
  'kg/m²': 'kg/m2',
  'kg/qm': 'kg/m2',
  mmol: 'mmol/L',
  umol: 'umol/L',
  mgdl: 'mg/dL',
  gdl: 'g/dL',
  'mg%': 'mg/dL',
  'g%': 'g/dL',
  'mcg/l': 'ug/L',
  'mcg/dl': 'ug/dL',
  'mcg/ml': 'ug/mL',
  'mval/l': 'meq/L',
  mmolmol: 'mmol/mol',
  'ml/min/1.73m2': 'mL/min/{1.73_m2}',
  'ml/min/1,73m2': 'mL/min/{1.73_m2}',
  'ml/min/1.73m²': 'mL/min/{1.73_m2}',
  'ml/min/1.73qm': 'mL/min/{1.73_m2}',
  'ml/min/1.73': 'mL/min/{1.73_m2}',
};
const BY_SPELLING = new Map([...UNITS.map(({ ucum }) => [spelt(ucum), ucum] as const), ...Object.entries(SPELLINGS)]);

/** The unit of a UCUM name of the subset; undefined for any other. */
export function unitNamed(ucum: string): Unit | undefined {
  return BY_NAME.get(ucum);
}

/** Every unit of a dimension. */
export function unitsOf(dimension: Dimension): readonly Unit[] {
  return UNITS.filter((entry) => entry.dimension === dimension);
}

/**
 * The UCUM name of a unit as a person wrote it.
 *
 * @returns Null when it is none of the subset.
 * @example normalizeUnit('µmol/l') // "umol/L"
 */
export function normalizeUnit(text: string): string | null {
  return BY_NAME.has(text) ? text : (BY_SPELLING.get(spelt(text)) ?? null);
}

function spelt(text: string): string {
  return text.normalize('NFC').replace(/[µμ]/g, 'u').replace(/\s+/g, '').toLowerCase();
}
