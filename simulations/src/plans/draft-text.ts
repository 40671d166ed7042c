/** A drafted plan as commented text: what was found, in a frame of settings that hold for a first run. */

export const DRAFT_TASKS = ['binary', 'multiclass', 'regression', 'count', 'time-to-event'] as const;
export type DraftTask = (typeof DRAFT_TASKS)[number];

export interface DraftWishes {
  readonly study: string;
  readonly task: DraftTask;
  /** Column of the outcome; of the event, for a time to event. */
  readonly outcome: string;
  /** Column of the time; for a time to event only. */
  readonly time?: string | undefined;
  readonly patient?: string | undefined;
  /** Column that names the site, which is no feature. */
  readonly site?: string | undefined;
}

export interface DraftParts {
  /** Where the draft comes from, as the end of a sentence. */
  readonly origin: string;
  /** The entry of `outcomes`, a line. */
  readonly outcome: string;
  /** Entries of `features`, and comments on what was left out. */
  readonly features: readonly string[];
  /** The line of `source`; left out: one table. */
  readonly source?: string;
  readonly patient?: string | undefined;
}

export function draftText({ study, task }: DraftWishes, { origin, outcome, features, source, patient }: DraftParts): string {
  return `# A first plan, drafted from ${origin}. Read every line: what a column means cannot be guessed.
study: ${study}
title: ${JSON.stringify(`The study ${study}`)}
purpose: Say here in a sentence what the study is for. # hospitals sign this
population: Say here whose rows belong in it.
outcomes:
${outcome}
features: # what is predicted from; a column that is not named here is never read
${features.join('\n')}
${source === undefined ? '' : `${source}\n`}preprocess: { scale: federated, impute: federated-mean }
split: ${patient === undefined ? '{ by: row, test: 0.2, validation: 0.1, seed: 1 } # with a patient column: { by: patient-id, patientId: … }' : `{ by: patient-id, patientId: ${JSON.stringify(patient)}, test: 0.2, validation: 0.1, seed: 1 }`}
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 } # exact: equal to the fit on pooled rows
${task === 'binary' ? NETWORK_HINT : ''}rounds: { quorum: 3, colluders: 1, minContributors: 3 }
evaluation: { bins: 100, smallestCell: 10 }
seed: 1
`;
}

const NETWORK_HINT = `# A network by rounds of local training instead:
# model: { kind: mlp, hidden: [16, 8] }
# algorithm: { kind: fedavg, fits: 5, localEpochs: 2, batchSize: 32, learningRate: 0.05 }
# (five fits, five times the bytes: their range says how sure the model is of one patient; with fits: 1 no page can say it)
`;
