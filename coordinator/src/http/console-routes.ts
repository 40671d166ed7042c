/**
 * What the console asks over HTTP. Everything but signing in needs the session cookie; everything that changes something
 * also needs the header `x-consilium: 1`, which a form of another site cannot send, and this coordinator's own origin.
 */
import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { type ConsoleSessions, sessionCookie, sessionToken } from '../admin/index.ts';
import type { Traffic } from '../sockets/index.ts';
import type { Studies, StudyAction, StudyHost } from '../studies/index.ts';
import { HttpError } from './http-error.ts';
import { readBody } from './request-body.ts';

export interface ConsoleRouteParts {
  readonly studies: Studies;
  readonly sessions: ConsoleSessions;
  readonly traffic: Traffic;
  readonly origin: () => string;
  readonly isOwnOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  readonly limited: RequestHandler;
}

const SignIn = z.strictObject({ code: z.string().min(1).max(200) });
const NewStudy = z.strictObject({ text: z.string().max(500_000), fileName: z.string().min(1).max(200) });
const Invite = z.strictObject({ name: z.string().max(200) });
const ACTIONS: readonly StudyAction[] = ['start', 'pause', 'resume', 'stop'];

export function consoleRoutes(parts: ConsoleRouteParts): Router {
  const { studies, sessions, origin } = parts;
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

  const signedIn: RequestHandler = async (request, _response, next) => {
    if (await sessions.isSignedIn(sessionToken(request.headers.cookie))) return next();
    throw new HttpError(401, 'signed-out', 'Sign in with the code that the coordinator printed when it started.');
  };

  function find(id: unknown): StudyHost {
    const study = typeof id === 'string' ? studies.find(id) : null;
    if (study === null) throw new HttpError(404, 'study-unknown', 'This coordinator has no such study.');
    return study;
  }

  router.use(ownPage);
  router.post('/sign-in', parts.limited, async (request, response) => {
    const answer = await sessions.signIn(readBody(SignIn, request.body).code);
    if (!answer.ok) throw new HttpError(401, answer.code, answer.text);
    response.setHeader('Set-Cookie', sessionCookie(answer.token, isSecure()));
    response.json({ ok: true });
  });
  router.post('/sign-out', async (request, response) => {
    await sessions.signOut(sessionToken(request.headers.cookie));
    response.setHeader('Set-Cookie', sessionCookie(null, isSecure()));
    response.json({ ok: true });
  });
  router.get('/me', async (request, response) => {
    response.json({ signedIn: await sessions.isSignedIn(sessionToken(request.headers.cookie)) });
  });

  router.use(signedIn);
  router.get('/studies', (_request, response) => {
    response.json(studies.list().map((study) => study.view()));
  });
  router.post('/studies', async (request, response) => {
    const { text, fileName } = readBody(NewStudy, request.body);
    const made = await studies.create(text, fileName);
    if (made.ok) response.status(201).json({ study: made.study });
    else response.status(422).json({ code: 'plan-invalid', text: 'The plan has mistakes.', errors: made.errors });
  });
  router.post('/demo', async (_request, response) => {
    const made = await studies.createDemo();
    if (!made.ok) throw new HttpError(409, made.code, made.text);
    response.status(201).json({ study: made.study });
  });
  router.get('/studies/:study', (request, response) => {
    response.json(find(request.params.study).view());
  });
  router.get('/studies/:study/traffic', (request, response) => {
    response.json(parts.traffic.of(find(request.params.study).id));
  });
  router.post('/studies/:study/invitations', async (request, response) => {
    const study = find(request.params.study);
    const invited = await studies.invite(study, readBody(Invite, request.body).name);
    if (!invited.ok) throw new HttpError(409, invited.code, invited.text);
    response.status(201).json({ site: invited.site, link: `${origin()}/#study=${study.id}`, secret: invited.secret });
  });
  router.post('/studies/:study/:action', async (request, response) => {
    const study = find(request.params.study);
    const action = ACTIONS.find((known) => known === request.params.action);
    if (action === undefined) throw new HttpError(404, 'not-found', 'There is nothing at this address.');
    const outcome = await study.act(action);
    if (!outcome.ok) throw new HttpError(outcome.code === 'unavailable' ? 503 : 409, outcome.code, outcome.text);
    response.json(study.view());
  });
  return router;
}
