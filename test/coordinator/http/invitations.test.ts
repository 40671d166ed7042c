/** Invitations taken back, expired, stolen: each refusal has its own name, and the tab of a hospital that is put out hears of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, logged, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { PLAN_TEXT } from '../world/demo-study.ts';
import { type Identity, newIdentity, openTab, until } from '../world/tab.ts';

let coordinator: TestCoordinator;
let console_: Awaited<ReturnType<typeof signIn>>;
let study = '';
let ahead = 0;
const realNow = Date.now;

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  console_ = await signIn(coordinator.origin);
  const made = await console_.ask('POST', '/studies', { text: PLAN_TEXT.replace('small-demo', 'invited'), fileName: 'plan.yaml' });
  study = made.body.study;
});

afterAll(() => {
  Date.now = realNow;
  return coordinator.end();
});

const invite = async (name: string): Promise<{ site: string; secret: string }> =>
  (await console_.ask('POST', `/studies/${study}/invitations`, { name })).body;
const join = (secret: string, who: Identity) =>
  ask(coordinator.origin, 'POST', `/api/studies/${study}/join`, { invitation: secret, certificate: who.certificate(study) });
const listed = async (site: string) =>
  (await console_.ask('GET', `/studies/${study}/invitations`)).body.find((one: { site: string }) => one.site === site)?.state;
const revoke = (site: string) => console_.ask('POST', `/studies/${study}/invitations/${site}/revoke`);

describe('an invitation', () => {
  it('that was taken back seats nobody, says so, and another one for the same hospital works', async () => {
    const first = await invite('Harbour');
    expect(await listed(first.site)).toBe('open');
    expect((await revoke(first.site)).status).toBe(200);
    const refused = await join(first.secret, newIdentity());
    expect([refused.status, refused.body.code]).toEqual([403, 'invitation-revoked']);
    expect(await listed(first.site)).toBe('revoked');
    const second = await invite('Harbour');
    expect(second.site).not.toBe(first.site);
    expect((await join(second.secret, newIdentity())).status).toBe(200);
    expect(await listed(second.site)).toBe('used');
  });

  it('that has expired says so', async () => {
    const { site, secret } = await invite('Lakeside');
    ahead = 31 * 86_400_000;
    Date.now = () => realNow() + ahead;
    const refused = await join(secret, newIdentity());
    expect([refused.status, refused.body.code]).toEqual([403, 'invitation-expired']);
    Date.now = realNow;
    expect(await listed(site)).toBe('open');
  });

  it('taken back after a hospital joined puts that hospital out: its tab is told, and its key and secret do not come back', async () => {
    const { site, secret } = await invite('Northfield');
    const identity = newIdentity();
    expect((await join(secret, identity)).status).toBe(200);
    const tab = await openTab(coordinator.origin, { study, site, identity });
    expect(await tab.hello()).toMatchObject({ ok: true });
    const dismissed = new Promise((resolve) => tab.socket.once('dismissed', resolve));
    expect((await revoke(site)).status).toBe(200);
    expect(await dismissed).toMatchObject({ code: 'seat-removed', text: expect.stringMatching(/out of the study/) });
    await until('the end of the connection', () => tab.events.includes('disconnect'));
    const again = await openTab(coordinator.origin, { study, site, identity });
    expect(await again.hello()).toMatchObject({ ok: false, code: 'not-on-roster' });
    again.close();
    expect((await join(secret, identity)).body.code).toBe('invitation-revoked');
    // The hospital may be invited again, and come with the root key it has.
    const next = await invite('Northfield');
    expect((await join(next.secret, newIdentity(identity.rootSecret))).status).toBe(200);
  });

  it('is taken back by nobody who only looks, and refusals are in the log without the secret', async () => {
    const { site, secret } = await invite('St Alban');
    expect((await ask(coordinator.origin, 'POST', `/api/console/studies/${study}/invitations/${site}/revoke`, {})).status).not.toBe(200);
    expect((await revoke('nobody')).body.code).toBe('site-unknown');
    expect((await join(`${secret}x`, newIdentity())).body.code).toBe('invitation-unknown');
    expect(await listed(site)).toBe('open');
    expect(logged.some((line) => line.includes('a request to join was refused') && line.includes('invitation-unknown'))).toBe(true);
    expect(logged.join()).not.toContain(secret);
  });

  it('survives a restart: what was taken back stays so', async () => {
    const { dataDir } = coordinator;
    const { site, secret } = await invite('Restart');
    await revoke(site);
    await coordinator.close();
    coordinator = await startTestCoordinator({ dataDir });
    console_ = await signIn(coordinator.origin);
    expect((await join(secret, newIdentity())).body.code).toBe('invitation-revoked');
  });
});
