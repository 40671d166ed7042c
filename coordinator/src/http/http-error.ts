/** Every failed request is answered `{ code, text }`: a short stable name and a plain sentence. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { WorldError } from '../store/index.ts';
import type { Log } from '../studies/index.ts';

export class HttpError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, text: string) {
    super(text);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}

/** For addresses nobody serves. */
export const notFound: RequestHandler = (_request, response) => {
  response.status(404).json({ code: 'not-found', text: 'There is nothing at this address.' });
};

/** Turns whatever was thrown into an answer; what a caller did wrong is told, what we did wrong is logged. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof HttpError) return void response.status(error.status).json({ code: error.code, text: error.message });
    if (error instanceof WorldError) return void response.status(503).json({ code: error.code, text: error.message });
    const status = (error as { status?: unknown } | null)?.status;
    if (status === 413) return void response.status(413).json({ code: 'too-large', text: 'The request is too large.' });
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return void response.status(status).json({ code: 'malformed', text: 'The request does not have the agreed form.' });
    }
    log.error({ cause: error instanceof Error ? error.message : String(error) }, 'a request could not be handled');
    response.status(500).json({ code: 'unavailable', text: 'The coordinator could not do this. Try again later.' });
  };
}
