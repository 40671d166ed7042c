/**
 * The list of headers that public scanners of pages ask for (https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, OWASP Secure Headers),
 * against a real server that is reached by https: every kind of answer carries them, errors too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../coordinator/world/coordinator.ts';
import { newDataFolder } from '../world/data-folder.ts';

let coordinator: TestCoordinator;

beforeAll(async () => {
  const dataDir = await newDataFolder();
  const clientDir = join(dataDir, 'client');
  mkdirSync(join(clientDir, 'assets'), { recursive: true });
  for (const file of ['index.html', 'console.html', 'chamber.js', 'assets/page-1a2b.js']) writeFileSync(join(clientDir, file), file);
  writeFileSync(
    join(clientDir, 'manifest.json'),
    JSON.stringify({ boot: `sha256-${'A'.repeat(43)}=`, importMaps: [], build: 'ab'.repeat(32) }),
  );
  coordinator = await startTestCoordinator({ dataDir, clientDir, publicOrigin: 'https://studies.example.org' });
});
afterAll(() => coordinator.end());

/** Where it listens, behind what would be the hospital's proxy. */
const address = (): string => `http://localhost:${coordinator.port}`;

/** Header, what it must match. */
const REQUIRED: readonly (readonly [string, RegExp])[] = [
  ['strict-transport-security', /max-age=(?:[1-9]\d{7,})/], // at least half a year
  ['x-content-type-options', /^nosniff$/],
  ['referrer-policy', /^(?:no-referrer|same-origin|strict-origin)$/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-origin$/],
  ['cross-origin-embedder-policy', /^require-corp$/],
  ['x-frame-options', /^(?:DENY|SAMEORIGIN)$/],
  ['permissions-policy', /camera=\(\).*microphone=\(\).*geolocation=\(\)/],
  ['content-security-policy', /default-src 'none'/],
];
const FORBIDDEN = ['x-powered-by', 'server', 'access-control-allow-origin', 'x-aspnet-version'];
const PLACES = [
  '/',
  '/console',
  '/assets/page-1a2b.js',
  '/chamber.js',
  '/api/info',
  '/api/nothing',
  '/nothing',
  '/api/console/studies',
  '/api/studies/none/plan',
];

describe('every answer', () => {
  it.each(PLACES)('%s carries each header of the list, and none that tells or opens too much', async (place) => {
    const { headers } = await ask(address(), 'GET', place);
    for (const [name, form] of REQUIRED) expect([name, headers.get(name)]).toEqual([name, expect.stringMatching(form)]);
    for (const name of FORBIDDEN) expect([name, headers.get(name)]).toEqual([name, null]);
  });

  it.each(PLACES)('%s lets no script run that the page does not name, and nobody frame it', async (place) => {
    const policy = (await ask(address(), 'GET', place)).headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:(?!\/\/)|data:/);
    if (place === '/chamber.js') return; // a worker: default-src 'none' covers the rest
    for (const directive of ["frame-ancestors 'none'", "base-uri 'none'"]) expect(policy).toContain(directive);
    expect(policy).toMatch(/form-action '(?:self|none)'/);
  });

  it('to a form that is too long, broken or of another site is an answer with the same headers', async () => {
    for (const [body, headers] of [
      ['{', {}],
      [`{"a":"${'x'.repeat(3_000_000)}"}`, {}],
      ['{}', { origin: 'https://evil.example' }],
    ] as const) {
      const answer = await ask(address(), 'POST', '/api/console/sign-in', body, headers);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('has a session cookie that scripts cannot read, for https and this site only', async () => {
    const { answer } = await signIn(address());
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict']) expect(answer.headers.get('set-cookie')).toContain(part);
  });
});
