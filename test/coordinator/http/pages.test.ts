/** The pages as a browser gets them: which files, and under which policy. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDataFolder } from '../../world/data-folder.ts';
import { ask, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';

const BOOT = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const MAP = 'sha256-AAAApj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const BUILD = 'ab'.repeat(32);
let coordinator: TestCoordinator;
let clientDir: string;

beforeAll(async () => {
  const dataDir = await newDataFolder();
  clientDir = join(dataDir, 'client');
  mkdirSync(join(clientDir, 'assets'), { recursive: true });
  for (const file of ['index.html', 'console.html', 'chamber.js', 'assets/page-1a2b.js']) writeFileSync(join(clientDir, file), file);
  writeFileSync(join(clientDir, 'manifest.json'), JSON.stringify({ boot: BOOT, importMaps: [MAP], build: BUILD }));
  coordinator = await startTestCoordinator({ dataDir, clientDir });
});

afterAll(() => coordinator.end());

it('serves the hospital page, the console page and their files', async () => {
  const { origin } = coordinator;
  expect((await ask(origin, 'GET', '/')).body).toBe('index.html');
  expect((await ask(origin, 'GET', '/console')).body).toBe('console.html');
  const asset = await ask(origin, 'GET', '/assets/page-1a2b.js');
  expect([asset.body, asset.headers.get('cache-control')]).toEqual(['assets/page-1a2b.js', 'public, max-age=31536000, immutable']);
  expect((await ask(origin, 'GET', '/')).headers.get('cache-control')).toBe('no-cache');
  const info = await ask(origin, 'GET', '/api/info');
  expect([info.headers.get('cache-control'), info.body.build]).toEqual(['no-store', BUILD]);
});

it('lets a page do nothing but what the policy names, with the chamber’s boot script pinned', async () => {
  const { origin } = coordinator;
  const { headers } = await ask(origin, 'GET', '/');
  const { host } = new URL(origin);
  const policy = Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split(';').map((part) => part.trim().split(/ (.*)/s).slice(0, 2)),
  );
  expect(policy).toEqual({
    'default-src': "'none'",
    'script-src': `'self' '${BOOT}' '${MAP}' 'wasm-unsafe-eval'`,
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': `'self' ws://${host}`,
    'worker-src': `blob: ${host}/chamber.js`,
    'frame-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  });
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('permissions-policy')).toContain('camera=()');
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('integrity-policy')).toBe('blocked-destinations=(script)');
  expect(headers.get('strict-transport-security')).toBe(null);
  expect(headers.get('x-powered-by')).toBe(null);
});

it('behind https asks for https only, for a year', async () => {
  const secure = await startTestCoordinator({ clientDir, publicOrigin: 'https://studies.example.org' });
  const { port } = secure;
  const { headers } = await ask(`http://localhost:${port}`, 'GET', '/');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(headers.get('content-security-policy')).toContain(`connect-src 'self' wss://localhost:${port};`);
  await secure.end();
});

it('serves the chamber’s code so that, as a worker, it could reach nothing', async () => {
  const { headers } = await ask(coordinator.origin, 'GET', '/chamber.js');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'wasm-unsafe-eval'");
});

it('says in words that the pages are not built when they are not', async () => {
  rmSync(join(clientDir, 'index.html'));
  const answer = await ask(coordinator.origin, 'GET', '/');
  expect([answer.status, answer.body]).toEqual([503, expect.stringContaining('pnpm build')]);
});
