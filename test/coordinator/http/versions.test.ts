/** A changed plan is a new version: chained by its hash, with the same hospitals, and nothing of what was signed. */
import { toBase64 } from '@consilium/shared/crypto';
import { CERTIFICATE_SECONDS, issuePersonCertificate, issueSuspension } from '@consilium/shared/identity';
import { leaveBytes } from '@consilium/shared/protocol';
import { parsePlanValue, planHash } from '@consilium/shared/study';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

  it('keeps the people who sign for a hospital, and not one who was taken back', async () => {
    const study = await newStudy();
    const identity = newIdentity();
    const { body: invited } = await owner.ask('POST', `/studies/${study}/invitations`, { name: 'North' });
    const people = `/api/studies/${study}/people`;
    const join = { invitation: invited.secret, certificate: identity.certificate(study) };
    await ask(coordinator.origin, 'POST', `/api/studies/${study}/join`, join);
    const named = (name: string) => {
      const { publicKey: key } = newIdentity();
      const of = { study: 'versioned', rootSecret: identity.rootSecret, key };
      return { ...of, certificate: issuePersonCertificate({ ...of, at: Math.floor(Date.now() / 1000), role: 'clinician', name }) };
    };
    const [gone, ada, ben] = ['Gone', 'Ada', 'Ben'].map(named);
    const add = async ({ certificate }: ReturnType<typeof named>) =>
      (await ask(coordinator.origin, 'POST', people, { certificate })).status;
    expect(await add(gone!)).toBe(200);
    await ask(coordinator.origin, 'POST', `${people}/withdrawn`, { suspension: issueSuspension(gone!) });
    expect([await add(ada!), await add(ben!)]).toEqual([200, 200]);
    const made = await version(study, changed);
    const { body: view } = await owner.ask('GET', `/studies/${made.body.study}`);
    expect(view.sites[0].people.map(({ name, hasSigned }: { name: string; hasSigned: boolean }) => [name, hasSigned])).toEqual([
      ['Ada', false],
      ['Ben', false],
    ]);
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

  it('seats everybody who has not left, also with a certificate that ended or a suspended device, and says who cannot take part as it is', async () => {
    const study = await newStudy();
    const sites: Record<string, { id: string; identity: ReturnType<typeof newIdentity> }> = {};
    for (const name of ['North', 'West', 'East']) {
      const identity = newIdentity();
      const { body } = await owner.ask('POST', `/studies/${study}/invitations`, { name });
      const joined = { invitation: body.secret, certificate: identity.certificate(study) };
      expect((await ask(coordinator.origin, 'POST', `/api/studies/${study}/join`, joined)).status).toBe(200);
      sites[name] = { id: body.site, identity };
    }
    const { North: north, West: west, East: east } = sites as Record<'North' | 'West' | 'East', NonNullable<(typeof sites)[string]>>;
    const suspension = issueSuspension({ study: 'versioned', rootSecret: west.identity.rootSecret, key: west.identity.publicKey });
    expect((await ask(coordinator.origin, 'POST', `/api/studies/${study}/suspensions`, { suspension })).status).toBe(200);
    const leaving = await openTab(coordinator.origin, { study, site: east.id, identity: east.identity });
    expect(await leaving.hello()).toMatchObject({ ok: true });
    const signature = toBase64(east.identity.sign(leaveBytes({ study, id: east.id })));
    const leave = { protocol: 1, study, kind: 'leave', successor: null, signature };
    expect(await leaving.emit('say', leave)).toMatchObject({ ok: true });
    leaving.close();

    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + (CERTIFICATE_SECONDS + 10) * 1000);
    try {
      owner = await signIn(coordinator.origin);
      const { status, body: made } = await version(study, changed);
      expect(status).toBe(201);
      const names = async () => (await owner.ask('GET', `/studies/${made.study}`)).body.sites.map(({ name }: { name: string }) => name);
      expect(await names()).toEqual(['North', 'West']);
      const troubles = async () => (await owner.ask('GET', `/studies/${made.study}/difference`)).body.seats;
      const of = (hospital: string, code: string) => ({ hospital, person: null, code });
      expect(await troubles()).toEqual([of('North', 'expired'), of('West', 'suspended'), of('East', 'left')]);
      // What was suspended stays so, and each goes on with its recovery file: under the root key it had.
      for (const { id, identity } of [north, west]) {
        const old = await openTab(coordinator.origin, { study: made.study, site: id, identity });
        expect((await old.hello()).ok).toBe(false);
        old.close();
        const anew = newIdentity(identity.rootSecret);
        const certificate = anew.certificate(made.study);
        expect((await ask(coordinator.origin, 'POST', `/api/studies/${made.study}/devices`, { certificate })).status).toBe(200);
        const tab = await openTab(coordinator.origin, { study: made.study, site: id, identity: anew });
        expect(await tab.hello()).toMatchObject({ ok: true });
        tab.close();
      }
      expect(await troubles()).toEqual([of('East', 'left')]);
    } finally {
      clock.mockRestore();
      owner = await signIn(coordinator.origin);
    }
  });

  it('needs somebody who may change studies', async () => {
    const study = await newStudy();
    const path = `/api/console/studies/${study}/versions`;
    const answer = await ask(coordinator.origin, 'POST', path, { text: changed, fileName: 'p.yaml', trial: true }, { 'x-consilium': '1' });
    expect(answer.status).toBe(401);
  });
});
