/** Who asks: the account behind the session cookie, and whether its role allows what is asked. */
import type { RequestHandler, Response } from 'express';
import { type Account, type ConsoleSessions, mayDo, type Right, sessionToken } from '../admin/index.ts';
import { HttpError } from './http-error.ts';

export interface AccountGuards {
  /** Everything behind it needs a session. */
  readonly signedIn: RequestHandler;
  /** Everything behind it needs a right; behind `signedIn` only. */
  may(right: Right): RequestHandler;
}

export function accountGuards(sessions: ConsoleSessions): AccountGuards {
  return {
    signedIn: async (request, response, next) => {
      const account = await sessions.account(sessionToken(request.headers.cookie));
      if (account === null) throw new HttpError(401, 'signed-out', 'Sign in to the console.');
      response.locals.account = account;
      next();
    },
    may: (right) => (_request, response, next) => {
      if (!mayDo(accountOf(response).role, right))
        throw new HttpError(403, 'not-allowed', 'Your role at this console does not allow this.');
      next();
    },
  };
}

/** The account that asks; behind `signedIn` only. */
export function accountOf(response: Response): Account {
  return response.locals.account as Account;
}
