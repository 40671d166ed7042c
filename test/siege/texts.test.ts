/** Texts of a plan and names of hospitals: too long is refused, and no page has a way to take a text for markup. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../coordinator/world/coordinator.ts';
import { PLAN_TEXT } from '../coordinator/world/demo-study.ts';

/** Every way in which a script makes elements out of a text. */
const MARKUP =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|createContextualFragment|DOMParser|setHTMLUnsafe|srcdoc)\b|document\.write/;

/** The one frame is the sealed chamber's, whose only script is pinned by its hash; it holds no text of a plan. */
const ALLOWED = ['chamber/start-chamber.ts'];

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : path.endsWith('.ts') ? [path] : [];
  });
}

let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await startTestCoordinator();
});
afterAll(() => coordinator.end());

describe('a hostile text', () => {
  it('has no page that takes a text for markup', () => {
    const folder = resolve(import.meta.dirname, '../../client/src');
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(50);
    const takers = files.filter((path) => MARKUP.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(takers.filter((path) => !ALLOWED.some((allowed) => path.endsWith(allowed)))).toEqual([]);
  });

  it('that is too long for a title, a name or a file name is refused, and the coordinator answers on', async () => {
    const owner = await signIn(coordinator.origin);
    const long = 'W'.repeat(5000);
    const titled = PLAN_TEXT.replace('title: A small study', `title: ${long}`);
    expect((await owner.ask('POST', '/studies', { text: titled, fileName: 'plan.yaml' })).status).toBe(422);
    expect((await owner.ask('POST', '/studies', { text: PLAN_TEXT, fileName: long })).status).toBeGreaterThanOrEqual(400);
    const markup = '<img src=x onerror=alert(1)>';
    const made = await owner.ask('POST', '/studies', {
      text: PLAN_TEXT.replace('title: A small study', `title: ${JSON.stringify(markup)}`),
      fileName: 'plan.yaml',
    });
    expect(made.status).toBe(201);
    expect((await owner.ask('POST', `/studies/${made.body.study}/invitations`, { name: long })).status).toBeGreaterThanOrEqual(400);
    // As data it comes back as it was, in an answer that no browser takes for a page.
    const plan = await ask(coordinator.origin, 'GET', `/api/studies/${made.body.study}/plan`);
    expect(plan.body.plan.title).toBe(markup);
    expect(plan.headers.get('content-type')).toContain('application/json');
    expect(plan.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
