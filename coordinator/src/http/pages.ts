/** The built pages: `/` for hospitals, `/console` for the coordinator's people, and their files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import * as z from 'zod';
import { sealedWorker } from './security-headers.ts';

const ChamberBoot = z.object({ bootHash: z.string().regex(/^sha256-[A-Za-z0-9+/]+={0,2}$/) });

/** The CSP source of the chamber's boot script, as the client's build noted it; null when it is not built. */
export function readBootHash(clientDir: string): string | null {
  const path = join(clientDir, 'chamber-boot.json');
  return existsSync(path) ? ChamberBoot.parse(JSON.parse(readFileSync(path, 'utf8'))).bootHash : null;
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
  router.get('/chamber.js', sealedWorker);
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
