/**
 * What the console asks over HTTP. Everything but signing in needs the session cookie; everything that changes something
 * also needs a role that may, the header `x-consilium: 1`, which a form of another site cannot send, and this coordinator's own origin.
 * Each change is in the console's log before it is made.
 */

import { passportBytes } from '@consilium/shared/federation';
import { planDifference } from '@consilium/shared/study';
import { type RequestHandler, type Response, Router } from 'express';
import * as z from 'zod';
import type { ConsoleAction, ConsolePeople } from '../admin/index.ts';
import type { CoordinatorKey } from '../audit/index.ts';
import type { Traffic } from '../sockets/index.ts';
import { type ModelRegistry, type Studies, type StudyAction, type StudyHost, seatTroubles } from '../studies/index.ts';
import { accountRoutes } from './account-routes.ts';
import { HttpError } from './http-error.ts';
import { modelRoutes } from './model-routes.ts';
import { readBody } from './request-body.ts';
import { sendLog } from './send-log.ts';
import { accountGuards, accountOf } from './signed-in.ts';

export interface ConsoleRouteParts {
  readonly studies: Studies;
  readonly models: ModelRegistry;
  readonly people: ConsolePeople;
  readonly traffic: Traffic;
  /** Signs passports. */
  readonly key: CoordinatorKey;
  readonly origin: () => string;
  readonly isOwnOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  readonly limited: RequestHandler;
  readonly now: () => number;
}

const NewStudy = z.strictObject({ text: z.string().max(500_000), fileName: z.string().min(1).max(200) });
const NewVersion = z.strictObject({ ...NewStudy.shape, trial: z.boolean() });
const Invite = z.strictObject({ name: z.string().max(200) });
const ACTIONS: { readonly [Action in StudyAction]: ConsoleAction } = {
  start: 'study-started',
  pause: 'study-paused',
  resume: 'study-resumed',
  stop: 'study-stopped',
};
const isAction = (text: unknown): text is StudyAction => typeof text === 'string' && Object.hasOwn(ACTIONS, text);

export function consoleRoutes(parts: ConsoleRouteParts): Router {
  const { studies, people, origin } = parts;
  const guards = accountGuards(people.sessions);
  const router = Router();
  const isSecure = (): boolean => origin().startsWith('https:');

  const ownPage: RequestHandler = (request, _response, next) => {
    const { origin: from, host } = request.headers;
    const isChange = !['GET', 'HEAD'].includes(request.method);
    if (isChange && (request.headers['x-consilium'] !== '1' || !parts.isOwnOrigin(from, host))) {
      throw new HttpError(403, 'foreign-request', 'This request did not come from the console page.');
    }
    next();
  };

  function find(id: unknown): StudyHost {
    const study = typeof id === 'string' ? studies.find(id) : null;
    if (study === null) throw new HttpError(404, 'study-unknown', 'This coordinator has no such study.');
    return study;
  }

  const note = (response: Response, action: ConsoleAction, subject: string): Promise<void> =>
    people.log.append(action, accountOf(response).name, subject);

  router.use(ownPage);
  router.use(accountRoutes({ people, guards, isSecure, limited: parts.limited }));

  const mayChange = guards.may('studies');
  router.use(guards.signedIn);
  router.get('/studies', (_request, response) => {
    response.json(studies.list().map((study) => study.view()));
  });
  router.post('/studies', mayChange, async (request, response) => {
    const { text, fileName } = readBody(NewStudy, request.body);
    await note(response, 'study-created', fileName);
    const made = await studies.create(text, fileName);
    if (made.ok) response.status(201).json({ study: made.study });
    else response.status(422).json({ code: 'plan-invalid', text: 'The plan has mistakes.', errors: made.errors });
  });
  router.post('/demo', mayChange, async (_request, response) => {
    await note(response, 'study-created', 'demo');
    const made = await studies.createDemo();
    if (!made.ok) throw new HttpError(409, made.code, made.text);
    response.status(201).json({ study: made.study });
  });
  router.get('/studies/:study', (request, response) => {
    response.json(find(request.params.study).view());
  });
  router.get('/studies/:study/passport', async (request, response) => {
    const study = find(request.params.study);
    const body = await study.passport();
    if (body === null) throw new HttpError(409, 'not-finished', 'A passport exists once the study has closed.');
    const signature = Buffer.from(parts.key.sign(passportBytes(body))).toString('base64');
    response.attachment(`${study.id}-passport.json`).json({ ...body, signature });
  });
  router.get('/studies/:study/log', async (request, response) => {
    const study = find(request.params.study);
    response.attachment(`${study.id}-log.jsonl`);
    await sendLog(response, parts.key, study.links());
  });
  router.get('/log', guards.may('people'), async (_request, response) => {
    response.attachment('console-log.jsonl');
    await sendLog(response, parts.key, people.log.links());
  });
  router.get('/studies/:study/difference', (request, response) => {
    const study = find(request.params.study);
    const { previous, next } = studies.versions(study);
    const difference = previous === null ? null : planDifference(previous.plan, study.plan);
    response.json({ version: study.plan.version, difference, next: next?.id ?? null, seats: seatTroubles(study, previous) });
  });
  router.post('/studies/:study/versions', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const { text, fileName, trial } = readBody(NewVersion, request.body);
    if (!trial) await note(response, 'study-created', `${study.id}: ${fileName}`);
    const made = await studies.newVersion(study, text, fileName, trial);
    if (made.ok) response.status(trial ? 200 : 201).json({ study: made.study, version: made.version, difference: made.difference });
    else response.status(made.code === 'plan-invalid' ? 422 : 409).json({ code: made.code, text: made.text, errors: made.errors });
  });
  router.get('/studies/:study/traffic', (request, response) => {
    response.json(parts.traffic.of(find(request.params.study).id));
  });
  router.post('/studies/:study/invitations', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const { name } = readBody(Invite, request.body);
    await note(response, 'hospital-invited', `${study.id}: ${name}`);
    const invited = await studies.invite(study, name);
    if (!invited.ok) throw new HttpError(409, invited.code, invited.text);
    response.status(201).json({ site: invited.site, link: `${origin()}/#study=${study.id}`, secret: invited.secret });
  });
  router.get('/studies/:study/invitations', async (request, response) => {
    response.json(await studies.invitations(find(request.params.study)));
  });
  router.post('/studies/:study/invitations/:site/revoke', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const site = String(request.params.site);
    await note(response, 'hospital-revoked', `${study.id}: ${site}`);
    const outcome = await studies.revoke(study, site);
    if (!outcome.ok) throw new HttpError(outcome.code === 'site-unknown' ? 404 : 409, outcome.code, outcome.text);
    response.json(await studies.invitations(study));
  });
  router.post('/studies/:study/hospitals/:site/put-off', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const site = String(request.params.site);
    await note(response, 'hospital-put-off', `${study.id}: ${site}`);
    const outcome = await study.putOff(site);
    if (!outcome.ok) throw new HttpError(outcome.code === 'site-unknown' ? 404 : 409, outcome.code, outcome.text);
    response.json(study.view());
  });
  // Before the next one, which takes any word for an action.
  router.use(modelRoutes({ ...parts, find, mayChange }));
  router.post('/studies/:study/:action', mayChange, async (request, response) => {
    const study = find(request.params.study);
    const { action } = request.params;
    if (!isAction(action)) throw new HttpError(404, 'not-found', 'There is nothing at this address.');
    await note(response, ACTIONS[action], study.id);
    const outcome = await study.act(action);
    if (!outcome.ok) throw new HttpError(outcome.code === 'unavailable' ? 503 : 409, outcome.code, outcome.text);
    response.json(study.view());
  });
  return router;
}
