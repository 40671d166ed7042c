/** What the hospital's page asks about the models of its finished study: of the sealed worker their names and files, of the coordinator their state. */
import * as z from 'zod';
import type { Chamber, HeldModels, SavedModel } from '../chamber/index.ts';
import { request } from './api.ts';

const states = z.object({
  models: z.array(
    z.object({
      model: z.string(),
      status: z.enum(['candidate', 'promoted', 'retired']),
      why: z.string().nullable(),
      at: z.number().nullable(),
    }),
  ),
});
export type ModelState = z.infer<typeof states>['models'][number];

export interface ModelSource {
  held(): Promise<HeldModels>;
  /** What the coordinator's registry says; it names models as this browser does, or it speaks of others. */
  states(): Promise<readonly ModelState[]>;
  /** The hospital's own model as an archive. Made in the sealed worker; nothing is sent. */
  save(): Promise<SavedModel>;
}

export const modelsOf = (study: string, calls: Chamber['calls']): ModelSource => ({
  held: () => calls.heldModels(undefined),
  states: async () => (await request(`/api/studies/${encodeURIComponent(study)}/models`, states)).models,
  save: () => calls.savedModel(undefined),
});
