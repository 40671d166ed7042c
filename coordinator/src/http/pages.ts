/** The built pages: `/` for hospitals, `/console` for the coordinator's people, and their files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import * as z from 'zod';
import { FALLBACK_WORKER, sealedWorker } from './security-headers.ts';

const source = z.string().regex(/^sha256-[A-Za-z0-9+/]+={0,2}$/);
const ClientBuild = z.object({
  /** CSP source of the chamber's boot script. */
  boot: source,
  /** CSP sources of the pages' import maps. */
  importMaps: z.array(source),
  /** SHA-256 over the list of files, hex. */
  build: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What the client's build noted about itself; null when the pages are not built. */
export function readClientBuild(clientDir: string): z.infer<typeof ClientBuild> | null {
  const path = join(clientDir, 'manifest.json');
  return existsSync(path) ? ClientBuild.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

/** @param clientDir - Where the client's build put its files. */
export function pages(clientDir: string): Router {
  const router = Router();
  const page = (file: string): express.RequestHandler => {
    return (_request, response, next) => {
      if (!existsSync(join(clientDir, file))) {
        response.status(503).type('text/plain').send('The pages are not built yet. Run: pnpm build\n');
        return;
      }
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(file, { root: clientDir }, (error) => void (error && next(error)));
    };
  };
  router.get('/', page('index.html'));
  router.get('/console', page('console.html'));
  // A hospital that serves these files itself names the coordinator in this file; here it is where the page came from.
  router.get('/coordinator.json', (_request, response) => void response.setHeader('Cache-Control', 'no-store').json({ coordinator: null }));
  router.get(FALLBACK_WORKER, sealedWorker);
  router.use('/assets', express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '365d', index: false, redirect: false }));
  router.use(
    express.static(clientDir, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
