/**
 * The four hospitals of the heart-disease data with the FLamby rows and split, prepared the slow and obvious way: text, arrays of numbers,
 * two-pass means. Nothing of the product is used. Variant A takes 0 as a value (rows with `?` are dropped all the same); variant B takes
 * chol 0 and trestbps 0 as missing, put at the mean. Null when the data are not beside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/data/heart-disease/', import.meta.url);
const HOSPITALS = ['cleveland', 'hungarian', 'switzerland', 'va-long-beach'] as const;

export const HEART_NAMES = 'age sex trestbps chol fbs thalach exang oldpeak cp2 cp3 cp4 restecg1 restecg2'.split(' ');

export interface HeartRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rows: number;
  readonly width: number;
}

export interface HeartSite {
  readonly id: string;
  readonly train: HeartRows;
  readonly test: HeartRows;
}

export const heartIsAbsent = !existsSync(new URL('flamby-split.csv', FOLDER));
if (heartIsAbsent) console.warn('heart-disease tests are skipped: ../shared/data/heart-disease is not there');

export function loadHeart(variant: 'A' | 'B'): readonly HeartSite[] {
  const setOf = new Map(linesOf('flamby-split').map((line) => [`${line[0]} ${line[1]}`, line[2]]));
  const raw = HOSPITALS.flatMap((id) =>
    linesOf(id).map((line, index) => ({
      id,
      set: setOf.get(`${id} ${index + 1}`),
      features: featuresOf(line, variant),
      y: Number(line[13]) > 0 ? 1 : 0,
    })),
  );
  const training = raw.filter((row) => row.set === 'train');
  const scales = HEART_NAMES.map((_, j) => {
    const values = training.map((row) => row.features[j]!).filter((value) => !Number.isNaN(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return { mean, standardDeviation: Math.sqrt(variance) };
  });
  const part = (id: string, set: string): HeartRows => {
    const rows = raw.filter((row) => row.id === id && row.set === set);
    const scaled = rows.flatMap((row) =>
      row.features.map((value, j) => (Number.isNaN(value) ? 0 : (value - scales[j]!.mean) / scales[j]!.standardDeviation)),
    );
    return { x: Float64Array.from(scaled), y: Float64Array.from(rows, (row) => row.y), rows: rows.length, width: HEART_NAMES.length };
  };
  return HOSPITALS.map((id) => ({ id, train: part(id, 'train'), test: part(id, 'test') }));
}

/** All sites' rows one after another. */
export function pooled(parts: readonly HeartRows[]): HeartRows {
  return {
    x: Float64Array.from(parts.flatMap((part) => Array.from(part.x))),
    y: Float64Array.from(parts.flatMap((part) => Array.from(part.y))),
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    width: HEART_NAMES.length,
  };
}

function linesOf(name: string): string[][] {
  const text = readFileSync(new URL(`${name}.csv`, FOLDER), 'utf8').trim();
  return text
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

function featuresOf(line: readonly string[], variant: 'A' | 'B'): number[] {
  const [age, sex, cp, trestbps, chol, fbs, restecg, thalach, exang, oldpeak] = line.map((cell) =>
    cell === '?' ? Number.NaN : Number(cell),
  );
  const zeroIsMissing = (value: number) => (variant === 'B' && value === 0 ? Number.NaN : value);
  const dummies = [2, 3, 4].map((code) => (cp === code ? 1 : 0));
  const rests = [1, 2].map((code) => (restecg === code ? 1 : 0));
  return [age!, sex!, zeroIsMissing(trestbps!), zeroIsMissing(chol!), fbs!, thalach!, exang!, oldpeak!, ...dummies, ...rests];
}
