/** Every file of a released model, as path → content. Nothing is written here. */

import type { ProgrammeState } from '../federation/index.ts';
import { studyResults } from '../federation/index.ts';
import type { StudyModelLabel } from '../registry/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import { modelCard } from './model-card.ts';
import { onnxBytes } from './onnx.ts';
import { releaseModel } from './release-model.ts';
import { ExportError } from './released-model.ts';
import { modelTensors, safetensorsBytes } from './safetensors.ts';
import { tfjsLayersModel } from './tfjs-layers.ts';
import { tripodDraft } from './tripod.ts';

export interface ExportOptions {
  /** Which of the study's models; `exact` is the exact fit beside a network. */
  readonly label?: StudyModelLabel;
  /** Finished studies of this plan version whose models were scored on its test patients, this one included. */
  readonly looks?: number;
}

/**
 * @returns `model.json` (read back by `parseModel`), `model.onnx`, `model.safetensors`, `tfjs/model.json`, `tfjs/weights.bin`, `plan.json`,
 *   `MODEL-CARD.md`, `TRIPOD-AI.md`.
 * @throws ExportError naming why the model cannot be one file.
 */
export function exportFiles(
  plan: Plan,
  planHash: string,
  state: ProgrammeState,
  { label = 'federated', looks = 1 }: ExportOptions = {},
): ReadonlyMap<string, string | Uint8Array> {
  const model = releaseModel(plan, planHash, state, label);
  const tfjs = tfjsLayersModel(model);
  const results = studyResults(plan, state);
  if (results === null) throw new ExportError('not-fitted');
  const { rows = 0, sites = 0, outcomes = {} } = state.scaling ?? {};
  const outcome = outcomes[primaryOutcome(plan).name];
  const events = outcome !== undefined && 'events' in outcome ? outcome.events : null;
  const card = { plan, model, label, results, looks, counts: { rows, events, sites } };
  return new Map<string, string | Uint8Array>([
    ['model.json', `${JSON.stringify(model, null, 1)}\n`],
    ['model.onnx', onnxBytes(model)],
    ['model.safetensors', safetensorsBytes(modelTensors(model))],
    ['tfjs/model.json', tfjs.model],
    ['tfjs/weights.bin', tfjs.weights],
    ['plan.json', `${JSON.stringify(plan, null, 1)}\n`],
    ['MODEL-CARD.md', modelCard(card)],
    ['TRIPOD-AI.md', tripodDraft(card)],
  ]);
}
