/** A result for the tools that watch experiments: TensorBoard event files, and a folder that MLflow opens. */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { SettingRuns } from '../comparison/index.ts';
import { folderName } from '../plans/settings.ts';
import { eventFile, type Scalar } from './event-file.ts';

const EXPERIMENT = '1';

/** One run a setting and seed: metrics, and the sites counted in each round. */
export function trackingFiles(settings: readonly SettingRuns[]): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  files.set(`mlruns/${EXPERIMENT}/meta.yaml`, experimentText(settings));
  for (const { label, runs } of settings) {
    for (const { result } of runs) {
      const metrics = Object.entries(result.models).flatMap(([model, { pooled }]) =>
        Object.entries(pooled).flatMap(([metric, value]) =>
          typeof value === 'number' ? [{ tag: `${model}/${metric}`, step: 0, value }] : [],
        ),
      );
      const rounds = result.rounds as readonly { readonly round: number; readonly survivors: readonly string[] }[];
      const counted = rounds.map(({ round, survivors }): Scalar => ({ tag: 'rounds/sites counted', step: round, value: survivors.length }));
      const name = `${folderName(label)}-seed-${result.seed}`;
      files.set(`tensorboard/${name}/events.out.tfevents.0.consilium`, eventFile([...metrics, ...counted]));
      addMlflowRun(files, name, result, metrics);
    }
  }
  return files;
}

function addMlflowRun(
  files: Map<string, string | Uint8Array>,
  name: string,
  result: SettingRuns['runs'][number]['result'],
  metrics: readonly Scalar[],
): void {
  const id = createHash('sha256').update(`${name} ${result.planHash}`).digest('hex').slice(0, 32);
  const folder = `mlruns/${EXPERIMENT}/${id}`;
  const run = { artifact_uri: './artifacts', end_time: 0, entry_point_name: '', experiment_id: EXPERIMENT, lifecycle_stage: 'active' };
  const rest = {
    run_id: id,
    run_name: name,
    run_uuid: id,
    source_name: '',
    source_type: 4,
    source_version: '',
    start_time: 0,
    status: 3,
    tags: [],
    user_id: '',
  };
  files.set(`${folder}/meta.yaml`, stringify({ ...run, ...rest }));
  files.set(`${folder}/tags/mlflow.runName`, name);
  for (const { tag, value } of metrics) files.set(`${folder}/metrics/${tag}`, `0 ${value} 0\n`);
  const { plan } = result;
  const parameters = { planHash: result.planHash, seed: plan.seed, model: plan.model.kind, algorithm: plan.algorithm.kind };
  for (const [key, value] of Object.entries(parameters)) files.set(`${folder}/params/${key}`, String(value));
}

function experimentText(settings: readonly SettingRuns[]): string {
  const study = settings[0]?.runs[0]?.result.plan.study ?? 'study';
  return stringify({
    artifact_location: './',
    creation_time: 0,
    experiment_id: EXPERIMENT,
    last_update_time: 0,
    lifecycle_stage: 'active',
    name: study,
  });
}
