/** A made-up hospital of clean values, as cells that a variant then spoils; and the plan it is checked against. No patient in it ever lived. */
import { planOf } from '../shared/preparation/tables.ts';

export const SPOILED_PLAN = planOf(`study: spoiled
title: Spoiled files
purpose: To see what is made of them.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features:
  - { name: age, label: Age, type: number, unit: a, range: [18, 110] }
  - { name: sex, label: Sex, type: binary, codes: { 0: female, 1: male } }
  - { name: sbp, label: Systolic blood pressure, type: number, unit: "mm[Hg]", range: [5, 260] }
  - { name: chol, label: Total cholesterol, type: number, unit: mg/dL, range: [0, 700] }
  - { name: glucose, label: Glucose, type: number, unit: mg/dL, range: [2, 800] }
  - { name: creatinine, label: Creatinine, type: number, unit: mg/dL, range: [0.1, 2000] }
  - { name: hba1c, label: HbA1c, type: number, unit: "%", range: [3, 150] }
  - { name: weight, label: Weight, type: number, unit: kg, range: [30, 400] }
  - { name: height, label: Height, type: number, unit: cm, range: [1, 230] }
  - { name: smoker, label: Smoking, type: category, codes: { 0: never, 1: former, 2: current } }
  - { name: diabetes, label: Diabetes, type: binary }
  - { name: oldpeak, label: ST depression, type: number, range: [-5, 10] }
split: { by: patient-id, patientId: patient_id, test: 0.2, validation: 0.1 }
model: { kind: linear }
algorithm: { kind: newton }
`);

export type MadeRow = Record<string, string>;

/** The same numbers every time: a small multiplicative generator, Park and Miller's minimal standard. */
export function made(seed: number): { readonly uniform: () => number; readonly normal: () => number } {
  let state = seed;
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** Clean rows in the plan's units and codes. */
export function madeRows(count = 120, seed = 7): MadeRow[] {
  const { uniform, normal } = made(seed);
  const spread = (median: number, sd: number) => median * Math.exp(sd * normal());
  return Array.from({ length: count }, (_, at) => {
    const age = Math.round(Math.min(95, Math.max(20, 62 + 14 * normal())));
    const risk = 1 / (1 + Math.exp(-(age - 65) / 12));
    return {
      patient_id: `P${String(1000 + at)}`,
      age: String(age),
      sex: uniform() < 0.5 ? '0' : '1',
      sbp: spread(131, 0.13).toFixed(0),
      chol: spread(198, 0.2).toFixed(0),
      glucose: spread(104, 0.22).toFixed(0),
      creatinine: spread(0.98, 0.3).toFixed(2),
      hba1c: spread(5.9, 0.13).toFixed(1),
      weight: spread(79, 0.18).toFixed(1),
      height: spread(169, 0.05).toFixed(0),
      smoker: String(Math.floor(uniform() * 3)),
      diabetes: uniform() < 0.2 ? '1' : '0',
      oldpeak: (1 + 1.2 * normal()).toFixed(1),
      died: uniform() < risk * 0.6 ? '1' : '0',
    };
  });
}

/** Rows as a CSV file; a cell with a comma or a quote stands in quotes. */
export function csvOf(rows: readonly MadeRow[], delimiter = ','): Uint8Array {
  const header = Object.keys(rows[0] ?? {});
  const cell = (text: string) => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))];
  return new TextEncoder().encode(`${lines.map((line) => line.map(cell).join(delimiter)).join('\n')}\n`);
}

/** Every row with one column changed. */
export function withColumn(rows: readonly MadeRow[], column: string, change: (text: string, at: number) => string): MadeRow[] {
  return rows.map((row, at) => ({ ...row, [column]: change(row[column] ?? '', at) }));
}

/** A column under another name, at its place. */
export function renamed(rows: readonly MadeRow[], from: string, to: string): MadeRow[] {
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name === from ? to : name, text])));
}
