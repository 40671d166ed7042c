/** The chamber's part of a finished study's models at this hospital: their names, as every hospital derives them, and the hospital's own as files. */
import { ExportError, ownModel, ownModelFiles, zipFiles } from '@consilium/shared/export';
import { type ProgrammeState, type SiteRows, studyResults } from '@consilium/shared/federation';
import { type StudyModel, studyModels } from '@consilium/shared/registry';
import type { Plan } from '@consilium/shared/study';

/** The study this hospital has joined. */
export interface JoinedStudy {
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly site: { readonly id: string; readonly name: string };
}

export interface HeldModels {
  readonly models: readonly Pick<StudyModel, 'id' | 'label' | 'kind'>[];
  /** Whether a part of the saved model is this hospital's own; or why it cannot be saved, as `export-…`. */
  readonly own: { readonly isAdapted: boolean } | { readonly refused: string };
}

export interface SavedModel {
  readonly name: string;
  /** An archive. */
  readonly bytes: Uint8Array;
}

/** Digits of a model's identity in a file's name. */
const SHORT = 12;

export function heldModels({ plan, planHash, site }: JoinedStudy, programme: ProgrammeState, rows: SiteRows): HeldModels {
  const results = studyResults(plan, programme);
  const models = results === null ? [] : studyModels(plan, programme, results);
  return { models: models.map(({ id, label, kind }) => ({ id, label, kind })), own: own() };

  function own(): HeldModels['own'] {
    try {
      return { isAdapted: ownModel(plan, planHash, programme, rows, site.name).adaptedTo !== null };
    } catch (error) {
      if (error instanceof ExportError) return { refused: `export-${error.code}` };
      throw error;
    }
  }
}

export function savedModel({ study, plan, planHash, site }: JoinedStudy, programme: ProgrammeState, rows: SiteRows): SavedModel {
  const model = ownModel(plan, planHash, programme, rows, site.name);
  const whose = model.adaptedTo === null ? '' : `-${site.id}`;
  return {
    name: `${study}${whose}-${model.id.slice(0, SHORT)}.zip`,
    bytes: zipFiles(ownModelFiles(plan, planHash, programme, rows, site.name)),
  };
}
