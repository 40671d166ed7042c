/** The models of a finished study as the console sees them, and the decisions a person can make on them. */
import * as z from 'zod';
import { request } from './api.ts';

const status = z.enum(['candidate', 'promoted', 'retired']);
const entry = z.object({
  /** 64 hex digits, the same at every hospital. */
  model: z.string(),
  label: z.enum(['federated', 'exact']),
  kind: z.enum(['exact', 'network']),
  status,
  evidence: z.object({ lossDifferenceUpper: z.number(), calibrationSlope: z.number().nullable() }).nullable(),
  history: z.array(z.object({ status, by: z.string(), why: z.string(), at: z.number() })),
  /** Why it has no files; null where it has. */
  refused: z.string().nullable(),
});
const answer = z.object({ models: z.array(entry), promoted: z.string().nullable(), previous: z.string().nullable(), looks: z.number() });

export type ConsoleModel = z.infer<typeof entry>;
export type ConsoleModels = z.infer<typeof answer>;
export type ModelDecision =
  | { readonly type: 'promote' | 'retire'; readonly model: string; readonly why: string }
  | { readonly type: 'rollback'; readonly why: string };

const at = (study: string): string => `/api/console/studies/${encodeURIComponent(study)}/models`;

export const fetchModels = (study: string): Promise<ConsoleModels> => request(at(study), answer);
export const decideOnModel = (study: string, decision: ModelDecision): Promise<ConsoleModels> => request(at(study), answer, decision);
export const modelFilesAddress = (study: string, model: string): string => `${at(study)}/${model}/files`;
export const modelsLogAddress = (study: string): string => `${at(study)}/log`;
