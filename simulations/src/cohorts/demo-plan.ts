/** The plans of the demo study, as a person would write them; their columns are those of the made-up hospitals. */

/**
 * The demo's plan as YAML text.
 *
 * @param kind - `linear`: the exact ridge logistic regression; `mlp`: a network by FedAdam in ten rounds, the exact fit beside it.
 */
export function demoPlan(kind: 'linear' | 'mlp'): string {
  return kind === 'linear' ? plan('demo-readmission', LINEAR) : plan('demo-readmission-network', NETWORK);
}

const LINEAR = `model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }`;

const NETWORK = `model: { kind: mlp, hidden: [16, 8] }
algorithm:
  kind: fedadam
  fits: 5 # from five first weights: a patient's page can say how much chance is in the model
  localEpochs: 4
  batchSize: 16
  learningRate: 0.05
  server: { learningRate: 0.03 }
exact: { ridge: 1 }`;

const plan = (study: string, model: string) => `# A demo on four made-up hospitals. No patient in it ever lived.
study: ${study}
title: Readmission within 30 days
purpose: Show how four hospitals train one model together without any of them giving away a row.
population: Invented adults discharged from a medical ward.
synthetic: true
outcomes:
  - { name: readmission, task: binary, column: readmitted, positive: "readmitted == 1", role: primary }
features:
  - { name: age, label: Age, type: number, unit: a, range: [18, 110] }
  - { name: sex, label: Sex, type: binary, codes: { 0: female, 1: male } }
  - { name: systolic_bp, label: Systolic blood pressure, type: number, unit: "mm[Hg]", range: [60, 260] }
  - { name: creatinine, label: Creatinine, type: number, unit: mg/dL, range: [0.2, 15] }
  - { name: hba1c, label: HbA1c, type: number, unit: "%", range: [3, 18] }
  - { name: prior_admissions, label: Admissions in the year before, type: number, range: [0, 30] }
  - { name: smoker, label: Smoking, type: category, codes: { 0: never, 1: former, 2: current } }
  - { name: length_of_stay, label: Length of stay, type: number, unit: d, range: [0, 120] }
preprocess: { scale: federated, impute: federated-mean }
split: { by: patient-id, patientId: patient_id, test: 0.3, validation: 0.1, seed: 1 }
${model}
rounds: { count: 10, quorum: 3, colluders: 1, minContributors: 3, joinSeconds: 15, trainSeconds: 120, answerSeconds: 30 }
evaluation: { bins: 100, thresholds: [0.1, 0.2, 0.3, 0.5], smallestCell: 10 }
seed: 1
`;
