/** Four made-up hospitals with times to an event and a known truth, and plans for them. */
import { taskHospitals } from './task-hospitals.ts';

/** Exponential times: log hazard ratio 1 for 15 years of age and 0.6 for smoking; censoring is uniform and independent. */
export const SURVIVAL_TRUTH = { perYear: 1 / 15, smoker: 0.6 };

export const survivalPlan = (fitting = 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 0 }'): string => `study: made-up-survival
title: Made-up times to an event
purpose: To see who dies when.
population: Nobody.
synthetic: true
outcomes:
  - { name: death, task: time-to-event, time: days, event: died, horizon: 360, longest: 5000, intervals: 6 }
features:
  - { name: age, label: Age, type: number, unit: a, range: [0, 100] }
  - name: smoker
    label: Smoker
    type: binary
    codes: { "0": "no", "1": "yes" }
    modifiable: true
    effectSource:
      trial: a made-up trial of this made-up study, 2020
      change: a year without smoking
      measure: hazard-ratio
      ratio: 0.7
      interval: [0.6, 0.82]
      codes: ["1"]
      harms: weight gain in 12 out of 100, none with the comparison
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0 }
${fitting}
evaluation: { bins: 100 }
`;

/** @param canary - Begins every patient id. */
export function survivalFiles(canary: string, rows = 240): { id: string; name: string; csv: Uint8Array }[] {
  return taskHospitals(rows).map(({ id, name, csv }) => {
    const [, ...lines] = new TextDecoder().decode(csv).trimEnd().split('\n');
    const cells = lines.map((line, row) => [`${canary}-${id}-${row}`, ...line.split(',').slice(0, 4)].join(','));
    return { id, name, csv: new TextEncoder().encode(`${['patient,age,smoker,days,died', ...cells].join('\n')}\n`) };
  });
}
