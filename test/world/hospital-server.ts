/** A hospital's own web server: the built client's files as they are, `coordinator.json` beside them, and the headers the papers print. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { readClientBuild } from '@consilium/coordinator/http';
import { bundleHeaders } from '@consilium/coordinator/papers';

const FILES = resolve(import.meta.dirname, import.meta.dirname.includes('dist') ? '../../..' : '../..', 'client/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export interface HospitalServer {
  readonly origin: string;
  /** Build hash of the files it serves. */
  readonly build: string;
  /** Names the coordinator; until then the pages look for it here. */
  pointTo(coordinator: string): void;
  close(): Promise<void>;
}

export async function startHospitalServer(): Promise<HospitalServer> {
  const built = readClientBuild(FILES);
  if (built === null) throw new Error('the client is not built');
  let coordinator: string | null = null;
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(FILES, path === '/' ? 'index.html' : path);
    const inline = [built.boot, ...built.importMaps];
    const headers = bundleHeaders({ inline, origin, coordinator: coordinator ?? origin });
    if (path === '/coordinator.json') {
      response.writeHead(200, { ...headers, 'Content-Type': 'application/json' }).end(JSON.stringify({ coordinator }));
    } else if (file.startsWith(FILES) && existsSync(file)) {
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    } else {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    build: built.build,
    pointTo(address) {
      coordinator = address;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
