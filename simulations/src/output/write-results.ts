/** The files of a finished run, each written whole and then renamed, so that none is ever half there. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { designNames } from '@consilium/shared/preparation';
import type { MetricSummary } from '../comparison/summary.ts';
import type { RunOutput } from '../runs/run-once.ts';

export async function writeResults(
  folder: string,
  runs: readonly RunOutput[],
  summary: Record<string, Record<string, MetricSummary>>,
): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  await mkdir(join(folder, 'model'), { recursive: true });
  const results = runs.length === 1 ? { ...first.result, summary } : { ...first.result, summary, seeds: runs.map((run) => run.result) };
  await put(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await put(join(folder, 'predictions.csv'), predictionsCsv(first));
  await put(join(folder, 'rounds.jsonl'), first.result.rounds.map((round) => `${JSON.stringify(round)}\n`).join(''));
  await put(join(folder, 'model', 'model.json'), `${JSON.stringify(modelFile(first), null, 2)}\n`);
}

function predictionsCsv({ predictions }: RunOutput): string {
  const labels = Object.keys(predictions[0]?.scores ?? {});
  const lines = predictions.map((item) =>
    [item.site, item.row, item.set, item.outcome, ...labels.map((label) => item.scores[label])].join(','),
  );
  return `${[['site', 'row', 'set', 'outcome', ...labels].join(','), ...lines].join('\n')}\n`;
}

/** The released model with its preprocessing: what a row in the hospital's own units needs to become a probability. */
function modelFile({ result, programme }: RunOutput) {
  const { scaling, newton, network } = programme;
  return {
    planHash: result.planHash,
    kind: result.plan.model.kind,
    columns: scaling === null ? [] : designNames(result.plan, scaling),
    scaling,
    coefficients: newton?.coefficients ?? [],
    network:
      network === null || result.plan.model.kind !== 'mlp'
        ? null
        : { hidden: result.plan.model.hidden, weights: Array.from(network.weights) },
  };
}

async function put(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}
