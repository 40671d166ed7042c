/** Plans that tests share: the two heart-disease studies and one of the smallest plans there can be. */

const heart = (study: string, impute: string, zero: string) => `study: ${study}
title: Heart disease in four hospitals
purpose: Tell which patients have coronary artery disease.
population: Adults who had an angiogram.
outcomes:
  - { name: disease, task: binary, column: num, positive: "num > 0" }
features:
  - { name: age, type: number, unit: a, range: [18, 110] }
  - { name: sex, type: binary, codes: { 0: female, 1: male } }
  - { name: trestbps, type: number, unit: "mm[Hg]", range: [0, 300]${zero} }
  - { name: chol, type: number, unit: mg/dL, range: [0, 700]${zero} }
  - { name: fbs, type: binary }
  - { name: thalach, type: number, unit: /min, range: [30, 250] }
  - { name: exang, type: binary }
  - { name: oldpeak, type: number, unit: mm, range: [-5, 10] }
  - { name: cp, type: category, codes: { 1: typical, 2: atypical, 3: non-anginal, 4: asymptomatic } }
  - { name: restecg, type: category, codes: { 0: normal, 1: ST-T abnormality, 2: hypertrophy } }
preprocess: { scale: federated, impute: ${impute} }
split:
  by: file
  file: { file: flamby-split.csv, keys: { site: hospital, row: row, set: set } }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
`;

/** Reference A: 0 is a value. */
export const HEART_PLAN = heart('heart-disease', 'drop-row', '');
/** Reference B: 0 means "not measured". */
export const HEART_MISSING_PLAN = heart('heart-disease-missing', 'federated-mean', ', missing: [0]');

export const SMALL_PLAN = `study: small
title: Small
purpose: To be small.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features: [{ name: age, type: number, range: [0, 120] }]
split: { by: patient-id, patientId: id }
model: { kind: mlp }
algorithm: { kind: fedavg }
`;
