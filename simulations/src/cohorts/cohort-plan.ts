/** The plan that fits a cohort's files, as text. Exact fits without a penalty, so that estimates can stand beside the truth with their errors. */
import type { CohortFeature, CohortFile } from './cohort-schema.ts';

export function cohortPlan(file: CohortFile): string {
  const { cohort, title, features, outcome, treatment, sites } = file;
  return `# The plan of a made-up cohort. No patient in it ever lived; the truth is in truth.json.
study: ${cohort}
title: ${JSON.stringify(title)}
purpose: See how near a federation comes to a truth that is known.
population: Invented patients.
synthetic: true
outcomes:
  - ${outcomeLine(outcome)}
features:
${features.map((feature) => `  - ${featureLine(feature)}`).join('\n')}
preprocess: { scale: federated, impute: federated-mean }
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0.1, seed: 1 }
${treatment === undefined ? '' : `${treatmentLines(treatment)}\n`}model: { kind: linear }
algorithm: { kind: newton, ridge: 0 }
rounds: { quorum: ${Math.min(3, sites.count)}, colluders: 1, minContributors: 3 }
evaluation: { bins: 100, smallestCell: 10 }
seed: 1
`;
}

function outcomeLine(outcome: CohortFile['outcome']): string {
  const event = JSON.stringify(`${outcome.name} == 1`);
  if (outcome.kind === 'risk') return `{ name: ${outcome.name}, task: binary, column: ${outcome.name}, positive: ${event}, role: primary }`;
  return `{ name: ${outcome.name}, task: time-to-event, time: days, event: ${event}, horizon: ${outcome.horizon}, role: primary }`;
}

function featureLine(feature: CohortFeature): string {
  const { name } = feature;
  if (feature.type === 'binary') return `{ name: ${name}, type: binary }`;
  if (feature.type === 'category') {
    const codes = Object.entries(feature.codes).map(([code, words]) => `${JSON.stringify(code)}: ${JSON.stringify(words)}`);
    return `{ name: ${name}, type: category, codes: { ${codes.join(', ')} } }`;
  }
  const unit = feature.unit === undefined ? '' : `, unit: ${JSON.stringify(feature.unit)}`;
  return `{ name: ${name}, type: number${unit}, range: [${feature.range.join(', ')}] }`;
}

function treatmentLines({ name, choice, interactions, share }: NonNullable<CohortFile['treatment']>): string {
  const causes = [...new Set(Object.keys(choice).flatMap((term) => term.split('*').map((part) => part.split('=')[0]?.trim() ?? '')))];
  const hasInteractions = Object.keys(interactions).length > 0;
  return [
    'treatment:',
    ...(causes.length === 0
      ? ['assignment: randomised', `allocation: ${share}`]
      : ['assignment: observational', `adjust: [${causes.join(', ')}]`]
    ).map(indented),
    ...[
      `column: ${name}`,
      'timeZero: The day of the decision.',
      'eligibility: Everybody in the files.',
      'followUp: Until the outcome is known.',
      `level: ${hasInteractions ? 2 : 1}`,
    ].map(indented),
  ].join('\n');
}

const indented = (line: string): string => `  ${line}`;
