/** Released models as files for other programs, and back: preprocessing inside, a row in the hospital's own units in, a probability out. */

export { dpiaDraft } from './dpia-draft.ts';
export { type ExportOptions, exportFiles, ownModelFiles } from './export-files.ts';
export { groupLines } from './fairness-lines.ts';
export { type ItSheetInput, itSheet } from './it-sheet.ts';
export { type AnswerRange, answerNames, answerRanges, answerValues, designRow, headlineValue } from './model-answer.ts';
export { modelCard } from './model-card.ts';
export { onnxBytes } from './onnx.ts';
export { ownModel } from './own-model.ts';
export type { PaperLanguage } from './paper.ts';
export { type PaperFigures, paperFigures } from './paper-figures.ts';
export { type ModelResult, parseModel } from './parse-model.ts';
export { type ModelInput, modelInputs, preparationLayers } from './preparation-layers.ts';
export { releaseModel } from './release-model.ts';
export {
  ExportError,
  type ExportRefusal,
  MODEL_FORMAT,
  type ModelAnswer,
  type ModelColumn,
  type ModelLayer,
  type ModelSpread,
  type ReleasedModel,
} from './released-model.ts';
export { modelTensors, type NamedTensor, readSafetensors, type SafeTensors, safetensorsBytes } from './safetensors.ts';
export { type Score, scoreRows } from './score-rows.ts';
export { scoreTable } from './score-table.ts';
export { scoresCsv } from './scores-csv.ts';
export { type TfjsFiles, tfjsLayersModel } from './tfjs-layers.ts';
export { tripodDraft } from './tripod.ts';
export { modelText, zipFiles } from './zip-files.ts';
