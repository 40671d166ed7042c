/** Devices of a hospital at a real coordinator: its recovery file puts another in the place of one, or takes one away; nobody else's does. */
import { randomBytes } from 'node:crypto';
import { CERTIFICATE_SECONDS, issueDeviceCertificate, issueSuspension } from '@consilium/shared/identity';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { PLAN_TEXT } from '../world/demo-study.ts';
import { type Identity, newIdentity, openTab, until } from '../world/tab.ts';

const STUDY = 'devices';
let coordinator: TestCoordinator;
let console_: Awaited<ReturnType<typeof signIn>>;
let study = '';
let seats = 0;
let root = new Uint8Array();
let site = '';
let first: Identity;

const now = () => Math.floor(Date.now() / 1000);
const post = (path: string, body: object) => ask(coordinator.origin, 'POST', `/api/studies/${study}/${path}`, body);
const certified = (who: Identity, at = now(), change: object = {}) => ({
  ...issueDeviceCertificate({ study: STUDY, rootSecret: root, key: who.publicKey, at }),
  ...change,
});
const codeOf = async (path: string, body: object) => (await post(path, body)).body.code;
/** Certificates in the study's log. */
const written = async (): Promise<number> =>
  (await console_.ask('GET', `/studies/${study}/log`)).body.split('\\"type\\":\\"certified\\"').length - 1;
const helloOf = async (identity: Identity) => {
  const tab = await openTab(coordinator.origin, { study, site, identity });
  const answer = await tab.hello();
  return { tab, answer };
};

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  console_ = await signIn(coordinator.origin);
  const made = await console_.ask('POST', '/studies', { text: PLAN_TEXT.replace('small-demo', STUDY), fileName: 'plan.yaml' });
  study = made.body.study;
});
afterAll(() => coordinator.end());

/** A hospital of its own for each test, that joined an hour ago. */
beforeEach(async () => {
  root = new Uint8Array(randomBytes(32));
  first = newIdentity(root);
  seats += 1;
  const invited = await console_.ask('POST', `/studies/${study}/invitations`, { name: `Hospital ${seats}` });
  site = invited.body.site;
  const joined = await post('join', { invitation: invited.body.secret, certificate: certified(first, now() - 3600) });
  expect(joined.status).toBe(200);
});

describe('another device', () => {
  it('takes the place of the one before, whose tab is told at once and is not heard again', async () => {
    const { tab: old, answer } = await helloOf(first);
    expect(answer.ok).toBe(true);
    const second = newIdentity(root);
    expect((await post('devices', { certificate: certified(second) })).status).toBe(200);
    await until('the old tab is told', () => old.events.includes('dismissed'));
    expect(await written()).toBe(1);
    expect((await helloOf(first)).answer).toMatchObject({ ok: false, code: 'device-replaced' });
    const { tab, answer: heard } = await helloOf(second);
    expect(heard.ok).toBe(true);
    tab.close();
    const { body } = await post('devices/of', { rootKey: certified(first).rootKey });
    expect(body.devices.map(({ key, current }: { key: string; current: boolean }) => [key, current])).toEqual([
      [first.publicKey, false],
      [second.publicKey, true],
    ]);
  });

  it('is refused by name when it is not the hospital’s, not of this study, forged, of another time or older; nothing is written', async () => {
    const other = newIdentity(root);
    const before = await written();
    const stranger = {
      ...certified(other),
      ...issueDeviceCertificate({ study: STUDY, rootSecret: new Uint8Array(32).fill(9), key: other.publicKey, at: now() }),
    };
    expect(await codeOf('devices', { certificate: stranger })).toBe('root-unknown');
    expect(await codeOf('devices', { certificate: certified(other, now(), { key: newIdentity().publicKey }) })).toBe('bad-signature');
    const elsewhere = issueDeviceCertificate({ study: 'elsewhere', rootSecret: root, key: other.publicKey, at: now() });
    expect(await codeOf('devices', { certificate: elsewhere })).toBe('bad-signature');
    for (const at of [now() - CERTIFICATE_SECONDS - 60, now() + 365 * 86_400])
      expect(await codeOf('devices', { certificate: certified(other, at) })).toBe('clock-wrong');
    expect(await written()).toBe(before);
    expect(await codeOf('devices', { certificate: certified(other, now() - 7200) })).toBe('certificate-older');
    expect((await helloOf(first)).answer.ok).toBe(true);
    expect((await helloOf(other)).answer.ok).toBe(false);
  });

  it('can be certified eight times in a study', async () => {
    const codes: (string | undefined)[] = [];
    for (let at = 0; at < 8; at++) codes.push(await codeOf('devices', { certificate: certified(newIdentity(root), now() - 100 + at) }));
    expect(codes).toEqual([...Array.from({ length: 7 }, () => undefined), 'too-many-devices']);
  });
});

describe('a suspension', () => {
  it('takes a device its voice at once and for good; the same key is not certified again', async () => {
    const { tab } = await helloOf(first);
    const suspension = issueSuspension({ study: STUDY, rootSecret: root, key: first.publicKey });
    expect((await post('suspensions', { suspension })).status).toBe(200);
    await until('the tab is told', () => tab.events.includes('dismissed'));
    expect((await helloOf(first)).answer).toMatchObject({ ok: false, code: 'device-suspended' });
    expect(await codeOf('devices', { certificate: certified(first) })).not.toBeUndefined();
    expect((await helloOf(first)).answer.ok).toBe(false);
    const second = newIdentity(root);
    expect((await post('devices', { certificate: certified(second) })).status).toBe(200);
    expect((await helloOf(second)).answer.ok).toBe(true);
  });

  it('by another hospital’s root key, of another study or altered suspends nobody', async () => {
    const { tab } = await helloOf(first);
    const foreign = issueSuspension({ study: STUDY, rootSecret: new Uint8Array(32).fill(5), key: first.publicKey });
    expect(await codeOf('suspensions', { suspension: foreign })).toBe('root-unknown');
    const own = issueSuspension({ study: STUDY, rootSecret: root, key: first.publicKey });
    expect(await codeOf('suspensions', { suspension: { ...own, signature: foreign.signature } })).toBe('bad-signature');
    const elsewhere = issueSuspension({ study: 'elsewhere', rootSecret: root, key: first.publicKey });
    expect(await codeOf('suspensions', { suspension: elsewhere })).toBe('bad-signature');
    expect(tab.events).not.toContain('dismissed');
    expect(tab.socket.connected).toBe(true);
    tab.close();
    expect((await helloOf(first)).answer.code).not.toBe('device-suspended');
  });
});
