/**
 * The models of finished studies at the console: which is in use, who decided it and why, and each as files. Behind the console's session; a decision
 * needs a role that may, a reason, and is in the console's log and in the models' own before it is answered.
 */
import { ExportError, exportFiles, zipFiles } from '@consilium/shared/export';
import { previous, promoted, type RegistryEntry } from '@consilium/shared/registry';
import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import type { ConsoleAction, ConsolePeople } from '../admin/index.ts';
import type { CoordinatorKey } from '../audit/index.ts';
import type { ModelRegistry, RegisteredModels, RegistryDecision, Studies, StudyHost } from '../studies/index.ts';
import { HttpError } from './http-error.ts';
import { readBody } from './request-body.ts';
import { sendLog } from './send-log.ts';
import { accountOf } from './signed-in.ts';

export interface ModelRouteParts {
  readonly studies: Studies;
  readonly models: ModelRegistry;
  readonly people: ConsolePeople;
  readonly key: CoordinatorKey;
  readonly find: (id: unknown) => StudyHost;
  readonly mayChange: RequestHandler;
  readonly now: () => number;
}

const id = z.string().regex(/^[0-9a-f]{64}$/);
const why = z.string().max(500);
const Decide = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('promote'), model: id, why }),
  z.strictObject({ type: z.literal('retire'), model: id, why }),
  z.strictObject({ type: z.literal('rollback'), why }),
]);

const ACTIONS: { readonly [Type in RegistryDecision['type']]: ConsoleAction } = {
  promote: 'model-promoted',
  retire: 'model-retired',
  rollback: 'model-rolled-back',
};
/** Characters of a model's identity that people compare. */
const SHORT = 12;

export function modelRoutes({ studies, models, people, key, find, mayChange, now }: ModelRouteParts): Router {
  const router = Router();

  const known = async (study: StudyHost): Promise<RegisteredModels> => {
    const found = await models.of(study);
    if (found === null) throw new HttpError(409, 'not-finished', 'A study has models once it has closed.');
    return found;
  };

  router.get('/studies/:study/models', async (request, response) => {
    const study = find(request.params.study);
    const found = await models.of(study);
    response.json(
      found === null ? { models: [], promoted: null, previous: null, looks: 0 } : answerOf(study, found, looksAt(studies, study)),
    );
  });
  router.get('/studies/:study/models/log', async (request, response) => {
    const study = find(request.params.study);
    response.attachment(`${study.id}-models-log.jsonl`);
    await sendLog(response, key, models.links(study));
  });
  router.post('/studies/:study/models', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const asked = readBody(Decide, request.body);
    const by = accountOf(response).name;
    const decision: RegistryDecision = { ...asked, why: asked.why.trim(), by, at: now() };
    const which = 'model' in asked ? ` ${asked.model.slice(0, SHORT)}` : '';
    const decided = await models.decide(study, decision, () =>
      people.log.append(ACTIONS[asked.type], by, `${study.id}${which}: ${decision.why}`),
    );
    if (!decided.ok) throw new HttpError(409, decided.code, decided.code);
    response.json(answerOf(study, decided.models, looksAt(studies, study)));
  });
  router.get('/studies/:study/models/:model/files', async (request, response) => {
    const study = find(request.params.study);
    const { models: all, programme } = await known(study);
    const model = all.find((one) => one.id === request.params.model);
    if (model === undefined) throw new HttpError(404, 'unknown-model', 'This study has no such model.');
    try {
      const files = exportFiles(study.plan, study.planHash, programme, { label: model.label, looks: looksAt(studies, study) });
      response
        .attachment(`${study.id}-${model.id.slice(0, SHORT)}.zip`)
        .type('application/zip')
        .send(Buffer.from(zipFiles(files)));
    } catch (error) {
      if (error instanceof ExportError) throw new HttpError(409, `export-${error.code}`, error.message);
      throw error;
    }
  });
  return router;
}

function answerOf({ plan, planHash }: StudyHost, { models, state, programme }: RegisteredModels, looks: number) {
  const entryOf = (model: string): RegistryEntry | undefined => state.entries.find((entry) => entry.model === model);
  return {
    models: models.map(({ id: model, label }) => ({
      ...entryOf(model),
      label,
      refused: exportRefusal(() => exportFiles(plan, planHash, programme, { label })),
    })),
    promoted: promoted(state),
    previous: previous(state),
    looks,
  };
}

/** Why a model has no files, as the code of a sentence; null where it has them. */
function exportRefusal(write: () => unknown): string | null {
  try {
    write();
    return null;
  } catch (error) {
    if (error instanceof ExportError) return `export-${error.code}`;
    throw error;
  }
}

/** How many studies here have scored their models on the test patients of this plan version: the same study, the same version. */
function looksAt(studies: Studies, { plan }: StudyHost): number {
  const isSame = (other: StudyHost): boolean => other.plan.study === plan.study && other.plan.version === plan.version;
  return studies.list().filter((other) => isSame(other) && Object.keys(other.view().results?.models ?? {}).length > 0).length;
}
