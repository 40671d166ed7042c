/** Namespace `/console`: live views for whoever is signed in. It only tells; every action is an HTTP request. */
import type { Namespace } from 'socket.io';
import { type ConsoleSessions, sessionToken } from '../admin/index.ts';
import type { Studies } from '../studies/index.ts';

const RECHECK_MS = 30_000;

/** Serves the namespace: `studies` on connection, `study` on each change. */
export function serveConsole(
  namespace: Namespace,
  studies: Studies,
  sessions: ConsoleSessions,
  isOwnOrigin: (origin: string | undefined, host: string | undefined) => boolean,
): void {
  namespace.use((socket, next) => {
    const { origin, host } = socket.handshake.headers;
    if (!isOwnOrigin(origin, host)) return next(new Error('origin'));
    sessions.account(sessionToken(socket.handshake.headers.cookie), false).then(
      (account) => next(account !== null ? undefined : new Error('signed-out')),
      () => next(new Error('unavailable')),
    );
  });
  namespace.on('connection', (socket) => {
    const recheck = setInterval(() => {
      sessions.account(sessionToken(socket.handshake.headers.cookie), false).then(
        (account) => void (account !== null || socket.disconnect(true)),
        () => undefined,
      );
    }, RECHECK_MS);
    socket.on('disconnect', () => clearInterval(recheck));
    socket.emit(
      'studies',
      studies.list().map((study) => study.view()),
    );
  });
  studies.onChange((view) => void namespace.emit('study', view));
}
