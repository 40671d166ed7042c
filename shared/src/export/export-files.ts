/** Every file of a released model, as path → content. Nothing is written here. */

import { type ProgrammeState, type SiteRows, studyResults } from '../federation/index.ts';
import type { StudyModelLabel } from '../registry/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import { type CardInput, modelCard } from './model-card.ts';
import { onnxBytes } from './onnx.ts';
import { ownModel } from './own-model.ts';
import { releaseModel } from './release-model.ts';
import { ExportError, type ReleasedModel } from './released-model.ts';
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
  const card = cardInput(plan, state, model, { label, looks });
  return new Map<string, string | Uint8Array>([
    ...modelFiles(plan, model),
    ['MODEL-CARD.md', modelCard(card)],
    ['TRIPOD-AI.md', tripodDraft(card)],
  ]);
}

/**
 * The model as one hospital has it, for that hospital alone: the same files but for the reporting draft.
 *
 * @throws ExportError naming why the model cannot be one file.
 */
export function ownModelFiles(
  plan: Plan,
  planHash: string,
  state: ProgrammeState,
  rows: SiteRows,
  hospital: string,
): ReadonlyMap<string, string | Uint8Array> {
  const model = ownModel(plan, planHash, state, rows, hospital);
  // How often others looked a hospital's tab cannot know: this study once.
  const card = modelCard(cardInput(plan, state, model, { label: 'federated', looks: 1 }));
  return new Map<string, string | Uint8Array>([...modelFiles(plan, model), ['MODEL-CARD.md', card]]);
}

function cardInput(plan: Plan, state: ProgrammeState, model: ReleasedModel, options: Required<ExportOptions>): CardInput {
  const results = studyResults(plan, state);
  if (results === null) throw new ExportError('not-fitted');
  const { rows = 0, sites = 0, outcomes = {} } = state.scaling ?? {};
  const outcome = outcomes[primaryOutcome(plan).name];
  const events = outcome !== undefined && 'events' in outcome ? outcome.events : null;
  return { plan, model, results, ...options, counts: { rows, events, sites } };
}

function modelFiles(plan: Plan, model: ReleasedModel): readonly (readonly [string, string | Uint8Array])[] {
  const tfjs = tfjsLayersModel(model);
  return [
    ['model.json', `${JSON.stringify(model, null, 1)}\n`],
    ['model.onnx', onnxBytes(model)],
    ['model.safetensors', safetensorsBytes(modelTensors(model))],
    ['tfjs/model.json', tfjs.model],
    ['tfjs/weights.bin', tfjs.weights],
    ['plan.json', `${JSON.stringify(plan, null, 1)}\n`],
  ];
}
