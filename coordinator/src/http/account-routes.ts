/**
 * Signing in and out, one's own account, and, for owners, the people of the console and the log of what they did.
 * Signing in costs a key derivation, so all of it is limited by address as well as by name.
 */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import * as z from 'zod';
import { type Account, type ConsolePeople, type Refused, ROLES, sessionCookie, sessionToken } from '../admin/index.ts';
import { HttpError } from './http-error.ts';
import { readBody } from './request-body.ts';
import { type AccountGuards, accountOf } from './signed-in.ts';

export interface AccountRouteParts {
  readonly people: ConsolePeople;
  readonly guards: AccountGuards;
  readonly isSecure: () => boolean;
  readonly limited: RequestHandler;
}

const password = z.string().min(1).max(1000);
const SetUp = z.strictObject({ code: z.string().min(1).max(200), name: z.string().min(1).max(200), password });
const SignIn = z.strictObject({ name: z.string().min(1).max(200), password, secondFactor: z.string().max(20).nullable().default(null) });
const NewPassword = z.strictObject({ old: password, new: password });
const Digits = z.strictObject({ code: z.string().min(1).max(20) });
const Password = z.strictObject({ password });
const Colleague = z.strictObject({ role: z.enum(ROLES) });
const NEWEST = 200;

export function accountRoutes({ people, guards, isSecure, limited }: AccountRouteParts): Router {
  const { accounts, sessions, signIn, log, refusalNotes } = people;
  const router = Router();

  async function begin(response: Response, account: Account): Promise<void> {
    response.setHeader('Set-Cookie', sessionCookie(await sessions.begin(account), isSecure()));
    response.json({ ok: true });
  }

  async function noteRefusal({ socket }: Request, name: string, code: string): Promise<void> {
    const more = await refusalNotes.take(name, socket.remoteAddress ?? 'unknown');
    if (more !== null) await log.append('sign-in-refused', name, `${code}${more}`);
  }

  router.post('/set-up', limited, async (request, response) => {
    const { code, name, password: chosen } = readBody(SetUp, request.body);
    const made = await accounts.open(code, name, chosen);
    if (!made.ok) {
      await noteRefusal(request, name, made.code);
      throw answerOf(made);
    }
    await log.append('account-made', made.account.name, made.account.role);
    await begin(response, made.account);
  });
  router.post('/sign-in', limited, async (request, response) => {
    const { name, password: typed, secondFactor } = readBody(SignIn, request.body);
    const answer = await signIn.signIn(name, typed, secondFactor, request.socket.remoteAddress ?? 'unknown');
    if (!answer.ok) {
      // Asking for the second factor is no refusal, and who is locked out must not fill the log.
      if (answer.code.startsWith('wrong-')) await noteRefusal(request, name, answer.code);
      throw answerOf(answer);
    }
    await log.append('signed-in', answer.account.name);
    await begin(response, answer.account);
  });
  router.post('/sign-out', async (request, response) => {
    const token = sessionToken(request.headers.cookie);
    const account = await sessions.account(token, false);
    await sessions.end(token);
    if (account !== null) await log.append('signed-out', account.name);
    response.setHeader('Set-Cookie', sessionCookie(null, isSecure()));
    response.json({ ok: true });
  });
  router.get('/me', async (request, response) => {
    const account = await sessions.account(sessionToken(request.headers.cookie), false);
    response.json({ account, hasOwner: await accounts.hasOwner() });
  });

  router.post('/account/password', guards.signedIn, limited, async (request, response) => {
    const change = readBody(NewPassword, request.body);
    const account = accountOf(response);
    if (!(await accounts.isPasswordOf(account.id, change.old))) throw wrongPassword();
    const changed = await accounts.setPassword(account.id, change.new);
    if (!changed.ok) throw answerOf(changed);
    await log.append('password-changed', account.name);
    await sessions.endAll(account.id, sessionToken(request.headers.cookie));
    response.json({ ok: true });
  });
  // With the password: whoever has got hold of a session must not put its own factor in the place of the person's.
  router.post('/account/second-factor', guards.signedIn, limited, async (request, response) => {
    const account = accountOf(response);
    if (!(await accounts.isPasswordOf(account.id, readBody(Password, request.body).password))) throw wrongPassword();
    response.json(signIn.offerSecondFactor(account));
  });
  router.post('/account/second-factor/confirm', guards.signedIn, limited, async (request, response) => {
    const account = accountOf(response);
    const confirmed = await signIn.confirmSecondFactor(account, readBody(Digits, request.body).code);
    if (!confirmed.ok) throw answerOf(confirmed);
    await log.append('second-factor-on', account.name);
    response.json({ ok: true });
  });
  router.post('/account/second-factor/off', guards.signedIn, limited, async (request, response) => {
    const account = accountOf(response);
    if (!(await accounts.isPasswordOf(account.id, readBody(Password, request.body).password))) throw wrongPassword();
    await log.append('second-factor-off', account.name);
    await signIn.dropSecondFactor(account);
    response.json({ ok: true });
  });

  router.get('/people', guards.signedIn, guards.may('people'), async (_request, response) => {
    response.json({ people: await accounts.list(), log: await log.newest(NEWEST) });
  });
  router.post('/people', guards.signedIn, guards.may('people'), async (request, response) => {
    const { role } = readBody(Colleague, request.body);
    const { id, name } = accountOf(response);
    await log.append('colleague-invited', name, role);
    response.status(201).json({ role, code: await accounts.invite(role, id) });
  });
  router.post('/people/:id/remove', guards.signedIn, guards.may('people'), async (request, response) => {
    const account = typeof request.params.id === 'string' ? await accounts.find(request.params.id) : null;
    if (account === null) throw new HttpError(404, 'not-found', 'There is no such account.');
    const removed = await accounts.remove(account.id);
    if (!removed.ok) throw answerOf(removed);
    await log.append('account-removed', accountOf(response).name, account.name);
    response.json({ ok: true });
  });
  return router;
}

const wrongPassword = (): HttpError => new HttpError(401, 'wrong-password', 'Name or password is not right.');

function answerOf({ code, text }: Refused): HttpError {
  if (code === 'locked') return new HttpError(429, code, text);
  const isGuess = code.startsWith('wrong-') || code === 'second-factor-needed' || code === 'code-used' || code === 'code-expired';
  return new HttpError(isGuess ? 401 : 409, code, text);
}
