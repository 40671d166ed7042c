/** Puts a coordinator together and starts it: data folder, studies, sockets, pages. Used by `main`, tests and the demo. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeAdminCode, openConsolePeople } from '../admin/index.ts';
import { type LogCheck, openCoordinatorKey, openEventLog, verifyLog } from '../audit/index.ts';
import { createApp } from '../http/index.ts';
import { createTraffic, type SiteTraffic, serveSockets } from '../sockets/index.ts';
import { openDatabase, takeLock, WorldError, watchFreeSpace } from '../store/index.ts';
import { type Demo, type Log, openModelRegistry, openStudies, type RegistryDecision } from '../studies/index.ts';
import { ownOrigins, siteOrigins } from './origins.ts';

export interface CoordinatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Made when absent. */
  readonly dataDir: string;
  /** Where the client's build put the pages. */
  readonly clientDir: string;
  readonly demo: Demo | null;
  /** For tests; random otherwise. */
  readonly adminCode?: string;
  /** Gives out a code for a further owner although there is one: the way back in when passwords are lost. */
  readonly newOwner?: boolean;
  /** log2 of scrypt's N for new passwords; for tests. */
  readonly passwordCost?: number;
  /** Attempts to sign in a minute from one address; 20 when absent. */
  readonly signInsPerMinute?: number;
  /** How long a site without a connection still counts as present, milliseconds; 2000 when absent. */
  readonly graceMs?: number;
  /** What must stay free on the disk, bytes; 64 MiB when absent. */
  readonly reserveBytes?: number;
  /** Largest blob of a site, bytes; 64 MiB when absent. */
  readonly uploadLimitBytes?: number;
  /** The address people use, when it is not `http://host:port`. */
  readonly publicOrigin?: string | null;
  readonly furtherOrigins?: readonly string[];
  /** Origins of servers on which hospitals serve the client themselves. */
  readonly hospitalOrigins?: readonly string[];
  readonly log: Log;
}

export interface Coordinator {
  readonly origin: string;
  /** Where it listens. */
  readonly port: number;
  /** Makes the first owner's account, or another one's; null when there is an owner and none was asked for. */
  readonly adminCode: string | null;
  /** Bytes of each site, counted at the socket. */
  traffic(study: string): { readonly [site: string]: SiteTraffic };
  /** Reads a study's whole log and checks its chain and signatures. */
  verifyLog(study: string): Promise<LogCheck>;
  /** The same for the log of what people did at the console. */
  verifyConsoleLog(): Promise<LogCheck>;
  /** Closes everything and gives the data folder back. */
  close(): Promise<void>;
}

const MEBIBYTE = 1_048_576;

/**
 * @throws WorldError `data-in-use`, `port-in-use`, `database-unusable`, `key-unusable`.
 */
export async function startCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const { dataDir, log } = options;
  const undo: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    undo.push(takeLock(dataDir));
    const { database, close: closeDatabase } = await openDatabase(join(dataDir, 'database'));
    undo.push(closeDatabase);
    const key = await openCoordinatorKey(join(dataDir, 'coordinator-key.pem'));
    const space = watchFreeSpace(dataDir, options.reserveBytes ?? 64 * MEBIBYTE);
    const now = (): number => Date.now(); // looked up each time, so that a test can move the clock
    const studies = await openStudies({
      ...{ database, key, space, dataDir, log, now, demo: options.demo },
      graceMs: options.graceMs ?? 2000,
      uploadLimitBytes: options.uploadLimitBytes ?? 64 * MEBIBYTE,
    });
    undo.push(() => studies.close());

    const made = { database, key, space, now, passwordCost: options.passwordCost };
    const code = options.adminCode ?? makeAdminCode();
    const isCodeNeeded = options.newOwner === true || !(await openConsolePeople({ ...made, ownerCode: null }).accounts.hasOwner());
    const adminCode = isCodeNeeded ? code : null;
    const people = openConsolePeople({ ...made, ownerCode: adminCode });
    const traffic = createTraffic();
    const publicOrigin = options.publicOrigin ?? null;
    const isOwnOrigin = ownOrigins(publicOrigin, options.furtherOrigins ?? []);
    const hospitalOrigins = options.hospitalOrigins ?? [];
    const isSiteOrigin = siteOrigins(isOwnOrigin, hospitalOrigins);
    let origin = publicOrigin ?? '';
    const models = openModelRegistry(openEventLog<RegistryDecision>(database, key, space, now, 'console_events'));
    const origins = { isOwnOrigin, isSiteOrigin, hospitalOrigins };
    const parts = { studies, models, people, key, sessions: people.sessions, traffic, ...origins, now, log };
    const app = createApp({
      ...parts,
      demo: options.demo,
      clientDir: options.clientDir,
      version: readVersion(),
      origin: () => origin,
      signInsPerMinute: options.signInsPerMinute ?? 20,
    });
    const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, app);
    const sockets = serveSockets(server, parts);
    undo.push(async () => {
      server.closeAllConnections();
      await sockets.close();
    });
    const port = await listen(server, options.port, options.host ?? '127.0.0.1');
    origin = publicOrigin ?? `http://${hostName(options.host ?? '127.0.0.1')}:${port}`;
    const events = openEventLog(database, key, space, now);
    return {
      origin,
      port,
      adminCode,
      traffic: (study) => traffic.of(study),
      verifyLog: (study) => verifyLog(events.links(study), key.publicKey),
      verifyConsoleLog: () => people.log.verify(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new WorldError('port-in-use', `Port ${port} is in use. Choose another with --port.`, error) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** A page needs a secure context: browsers grant it to localhost and 127.0.0.1, not to 0.0.0.0. */
function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
