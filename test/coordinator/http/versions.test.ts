/** A changed plan is a new version: chained by its hash, with the same hospitals, and nothing of what was signed. */
import { parsePlanValue, planHash } from '@consilium/shared/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { PLAN_TEXT } from '../world/demo-study.ts';
import { newIdentity, openTab } from '../world/tab.ts';

let coordinator: TestCoordinator;
let owner: Awaited<ReturnType<typeof signIn>>;
const first = PLAN_TEXT.replace('small-demo', 'versioned');
const changed = first.replace(/^title: .*$/m, 'title: A changed title');
const moved = changed.replace(/^population: .*$/m, 'population: Somebody else.');

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  owner = await signIn(coordinator.origin);
});
afterAll(() => coordinator.end());

async function newStudy(text = first): Promise<string> {
  const { status, body } = await owner.ask('POST', '/studies', { text, fileName: 'plan.yaml' });
  expect(status).toBe(201);
  return body.study;
}
const version = (study: string, text: string, trial = false) =>
  owner.ask('POST', `/studies/${study}/versions`, { text, fileName: 'plan.yaml', trial });
const planOf = async (study: string) => (await ask(coordinator.origin, 'GET', `/api/studies/${study}/plan`)).body;
const phaseOf = async (study: string) => (await owner.ask('GET', `/studies/${study}`)).body.phase;

describe('the next version of a study', () => {
  it('is first only compared, then made: chained by hash, with the seats of the hospitals and none of their signatures', async () => {
    const study = await newStudy();
    const identity = newIdentity();
    const { body: invited } = await owner.ask('POST', `/studies/${study}/invitations`, { name: 'North' });
    await ask(coordinator.origin, 'POST', `/api/studies/${study}/join`, {
      invitation: invited.secret,
      certificate: identity.certificate(study),
    });

    const compared = await version(study, moved, true);
    expect(compared.body).toMatchObject({ study: null, version: 2, difference: { canIsolate: true } });
    expect(await phaseOf(study)).toBe('gathering');
    expect((await planOf(study)).next).toBeNull();

    const made = await version(study, moved);
    expect([made.status, made.body.version]).toEqual([201, 2]);
    expect(made.body.difference.changes.map(({ path }: { path: string }) => path).sort()).toEqual(['population', 'title']);
    const [before, after] = [await planOf(study), await planOf(made.body.study)];
    expect(after.plan).toMatchObject({ version: 2, previous: before.planHash, title: 'A changed title' });
    expect(after.previous).toEqual(before.plan);
    expect(before.next).toBe(made.body.study);
    const parsed = parsePlanValue(after.previous);
    expect(parsed.ok && planHash(parsed.plan)).toBe(after.plan.previous);
    expect(await phaseOf(study)).toBe('stopped');

    const tab = await openTab(coordinator.origin, { study: made.body.study, site: invited.site, identity });
    expect(await tab.hello()).toMatchObject({ ok: true });
    tab.close();
    const { body: view } = await owner.ask('GET', `/studies/${made.body.study}`);
    expect(view).toMatchObject({ phase: 'gathering', sites: [{ id: invited.site, name: 'North', ready: false, approved: false }] });
    const shown = await owner.ask('GET', `/studies/${made.body.study}/difference`);
    expect(shown.body).toMatchObject({ version: 2, difference: made.body.difference, next: null });
  });

  it('is made once, of the same study, of a valid plan that says something else', async () => {
    const study = await newStudy();
    expect((await version(study, first)).body.code).toBe('no-change');
    expect((await version(study, changed.replace('study: versioned', 'study: another'))).body.code).toBe('other-study');
    const faulty = await version(study, changed.replace('population:', 'popluation:'));
    expect([faulty.status, faulty.body.errors[0].nearest]).toEqual([422, 'population']);
    expect(await phaseOf(study)).toBe('gathering');
    const made = await version(study, changed);
    expect(made.status).toBe(201);
    expect(made.body.difference.canIsolate).toBe(false);
    expect((await version(study, moved)).body.code).toBe('has-version');
    expect((await version(made.body.study, moved)).body.version).toBe(3);
  });

  it('needs somebody who may change studies', async () => {
    const study = await newStudy();
    const path = `/api/console/studies/${study}/versions`;
    const answer = await ask(coordinator.origin, 'POST', path, { text: changed, fileName: 'p.yaml', trial: true }, { 'x-consilium': '1' });
    expect(answer.status).toBe(401);
  });
});
