/**
 * A demo hospital's patients as another system would export them: Windows-1250, semicolons, decimal commas, Czech column names,
 * texts for codes, creatinine in µmol/L under a name that does not say so, names of patients, -9 for missing. Same patients, same values.
 */
import { readFileSync } from 'node:fs';
import { DEMO_HOSPITALS } from './demo-hospitals.ts';

const FIRST = ['Jiří', 'Ludmila', 'Zdeněk', 'Růžena', 'Ondřej', 'Věra', 'Štěpán', 'Alžběta'];
const LAST = ['Dvořák', 'Černý', 'Procházková', 'Kučera', 'Veselý', 'Horáková', 'Šimek', 'Říha', 'Žák'];
const SEX = { '0': 'žena', '1': 'muž' } as const;
const SMOKER = { '0': 'nikdy', '1': 'bývalý', '2': 'ano' } as const;
const READMITTED = { '0': 'ne', '1': 'ano' } as const;
const HEADER = [
  'rod_cislo_pac',
  'jméno',
  'věk',
  'pohlaví',
  'TK syst.',
  'kreatinin',
  'HbA1c',
  'příjmů za rok',
  'kouření',
  'dny',
  'znovu přijat',
];

/** Micromoles a litre in a milligram a decilitre of creatinine: 10⁴ / 113.12 g/mol. */
export const UMOL_PER_MG = 88.4;

export interface MessyFile {
  readonly bytes: Buffer;
  /** Patient identifiers in the order of the rows. */
  readonly patients: readonly string[];
  readonly header: readonly string[];
}

/** @param hospital - Position in the demo's list. */
export function messyFile(hospital = 0): MessyFile {
  const text = readFileSync(DEMO_HOSPITALS[hospital]?.csv ?? '', 'utf8');
  const [, ...lines] = text.trimEnd().split(/\r?\n/);
  const patients: string[] = [];
  const rows = lines.map((line, row) => {
    const [patient = '', age = '', sex = '', pressure = '', creatinine = '', hba1c = '', prior = '', smoker = '', stay = '', again = ''] =
      line.split(',');
    patients.push(patient);
    const name = `${FIRST[row % FIRST.length]} ${LAST[(row * 5) % LAST.length]}`;
    const isKnown = creatinine !== '' && !Number.isNaN(Number(creatinine));
    return [
      patient,
      name,
      age,
      SEX[sex as keyof typeof SEX] ?? '',
      pressure === '' || pressure === 'NA' ? '-9' : pressure,
      isKnown ? decimalComma(Number(creatinine) * UMOL_PER_MG, 1) : '',
      comma(hba1c),
      comma(prior),
      SMOKER[smoker as keyof typeof SMOKER] ?? '',
      comma(stay),
      READMITTED[again as keyof typeof READMITTED] ?? '',
    ].join(';');
  });
  return { bytes: windows1250([HEADER.join(';'), ...rows].join('\r\n')), patients, header: HEADER };
}

const comma = (text: string): string => (text === 'NA' ? '' : text.replace('.', ','));
const decimalComma = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');

/** Every character as its one byte; the table is the platform's own decoder, read backwards. */
export function windows1250(text: string): Buffer {
  const decoder = new TextDecoder('windows-1250');
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Buffer.from(
    Array.from(text, (character) => {
      const byte = byteOf.get(character);
      if (byte === undefined) throw new RangeError(`windows1250: "${character}" is not in it`);
      return byte;
    }),
  );
}
