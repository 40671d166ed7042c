/** The Express application: headers, the API under `/api`, the pages, and one form of error. */
import express, { type Express, type RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ConsolePeople } from '../admin/index.ts';
import type { CoordinatorKey } from '../audit/index.ts';
import type { Traffic } from '../sockets/index.ts';
import { type Demo, type Log, type ModelRegistry, openSignerAsks, type Studies } from '../studies/index.ts';
import { consoleRoutes } from './console-routes.ts';
import { forHospitalPages } from './hospital-pages.ts';
import { answerErrors, HttpError, notFound } from './http-error.ts';
import { pages, readClientBuild } from './pages.ts';
import { moreHeaders, securityHeaders } from './security-headers.ts';
import { siteRoutes } from './site-routes.ts';

export interface AppParts {
  readonly studies: Studies;
  readonly models: ModelRegistry;
  readonly people: ConsolePeople;
  readonly traffic: Traffic;
  readonly key: CoordinatorKey;
  readonly demo: Demo | null;
  readonly clientDir: string;
  readonly version: string;
  /** The address people reach the coordinator at. */
  readonly origin: () => string;
  readonly isOwnOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** Origins of servers on which hospitals serve the client themselves. */
  readonly hospitalOrigins: readonly string[];
  /** From one address. */
  readonly signInsPerMinute: number;
  readonly now: () => number;
  readonly log: Log;
}

export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  const client = readClientBuild(parts.clientDir);
  const build = client?.build ?? parts.version;
  const inline = client === null ? [] : [client.boot, ...client.importMaps];
  app.use(securityHeaders(inline, parts.origin), moreHeaders);
  app.use('/api', uncached, express.json({ limit: '1mb' }));
  app.use('/api/console', consoleRoutes({ ...parts, limited: limit(parts.signInsPerMinute) }));
  app.use('/api', forHospitalPages(parts.hospitalOrigins));
  app.use('/api', siteRoutes({ ...parts, build, inline, asks: openSignerAsks(parts.now), limited: limit(120) }), notFound);
  app.use(pages(parts.clientDir), notFound, answerErrors(parts.log));
  return app;
}

const uncached: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** @param perMinute - Requests a minute from one address. */
function limit(perMinute: number): RequestHandler {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (request, _response, next) => {
    await limiter.consume(request.socket.remoteAddress ?? 'unknown').catch(() => {
      throw new HttpError(429, 'too-many', 'Too many attempts in a short time. Wait a minute.');
    });
    next();
  };
}
