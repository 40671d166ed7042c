/** Four small hospitals with one known rule, for tests of whole studies: fast, seeded, nothing real. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { type Plan, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';

export const SITE_IDS = ['north', 'east', 'south', 'west'] as const;

/** Rows: patient, age, pressure, smoker, outcome; the log-odds rise with age and smoking. */
export function smallHospitals(rows = 120, ids: readonly string[] = SITE_IDS): SiteInput[] {
  return ids.map((id, site) => {
    const { uniform } = randomStream(sha256(new TextEncoder().encode(`small hospital ${id}`)));
    const lines = Array.from({ length: rows + 10 * site }, (_, row) => {
      const age = 30 + 50 * uniform();
      const pressure = 100 + 60 * uniform();
      const smoker = uniform() < 0.3 + 0.1 * site ? 1 : 0;
      const logOdds = (age - 55) / 12 + 0.8 * smoker - 0.4 + 0.2 * site;
      const outcome = uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
      return `${id}-${row},${age.toFixed(1)},${pressure.toFixed(0)},${smoker},${outcome}`;
    });
    const csv = `patient,age,pressure,smoker,outcome\n${lines.join('\n')}\n`;
    return { id, name: id, csv: new TextEncoder().encode(csv) };
  });
}

const COMMON = `
study: small
title: A small study
purpose: To test whole studies.
population: Made-up patients.
synthetic: true
outcomes: [{ name: outcome, task: binary, column: outcome, positive: "outcome == 1" }]
features:
  - { name: age, type: number, unit: a, range: [18, 110] }
  - { name: pressure, type: number, unit: "mm[Hg]", range: [60, 260] }
  - { name: smoker, type: binary, codes: { "0": "no", "1": "yes" } }
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0 }
`;

export const linearPlan = (): Plan =>
  planOf(`${COMMON}
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
`);

export const networkPlan = (rounds = 3): Plan =>
  planOf(`${COMMON}
model: { kind: mlp, hidden: [4] }
algorithm: { kind: fedadam, localEpochs: 1, batchSize: 16, learningRate: 0.05 }
rounds: { count: ${rounds} }
`);

export function planOf(text: string): Plan {
  const parsed = parsePlan(text, 'plan.yaml');
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'));
  return parsed.plan;
}
