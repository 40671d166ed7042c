/**
 * Socket.IO on the coordinator's HTTP server. Frames stay below 1 MB (blobs come in chunks of 256 KiB), nothing is compressed
 * (random bytes do not shrink), and only pages of this origin, or of those named for hospitals, may connect: `cors` does not guard WebSockets.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import type { ConsoleSessions } from '../admin/index.ts';
import type { Log, Studies } from '../studies/index.ts';
import { serveConsole } from './console-sockets.ts';
import { serveSites } from './site-sockets.ts';
import type { Traffic } from './traffic.ts';

export interface SocketParts {
  readonly studies: Studies;
  readonly sessions: ConsoleSessions;
  readonly traffic: Traffic;
  readonly isOwnOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** Own pages, and those that hospitals serve themselves. */
  readonly isSiteOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  readonly hospitalOrigins: readonly string[];
  readonly log: Log;
}

/** @returns What disconnects everyone and stops. */
export function serveSockets(server: HttpServer, parts: SocketParts): { close(): Promise<void> } {
  const connections = new RateLimiterMemory({ points: 300, duration: 60 });
  const events = new RateLimiterMemory({ points: 5000, duration: 10 });
  const io = new Server(server, {
    maxHttpBufferSize: 1_000_000,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    cors: { origin: parts.hospitalOrigins.length === 0 ? false : [...parts.hospitalOrigins] },
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request: IncomingMessage, decide) => {
      if (!parts.isSiteOrigin(request.headers.origin, request.headers.host)) return decide('origin', false);
      const isNew = !new URL(request.url ?? '/', 'http://localhost').searchParams.has('sid');
      if (!isNew) return decide(null, true);
      connections.consume(request.socket.remoteAddress ?? 'unknown').then(
        () => decide(null, true),
        () => decide('too-many', false),
      );
    },
  });
  io.engine.on('connection_error', (error: { message?: string }) => parts.log.debug({ cause: error.message }, 'a connection was refused'));
  // Nobody has business in the default namespace.
  io.on('connection', (socket) => socket.disconnect(true));
  serveSites(io.of('/site'), { studies: parts.studies, traffic: parts.traffic, limiter: events, log: parts.log });
  serveConsole(io.of('/console'), parts.studies, parts.sessions, parts.isOwnOrigin);
  return {
    close: async () => {
      io.disconnectSockets(true);
      await io.close();
    },
  };
}
