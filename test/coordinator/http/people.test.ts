/**
 * Two people who sign for a hospital, at a real coordinator with real hospitals over sockets: asked, certified, taken back, signing over HTTP; no round
 * before both, also after a restart; and the study's passport names a signature that is missing or another's.
 */
import { generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto';
import { verifyEd25519 } from '@consilium/coordinator/audit';
import { checkPassport, type Passport } from '@consilium/shared/federation';
import { CERTIFICATE_SECONDS, issuePersonCertificate, issueSuspension, type Roster, rosterHash } from '@consilium/shared/identity';
import { approveBytes, refusalBytes } from '@consilium/shared/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { DEMO } from '../world/demo-study.ts';
import { type Hospital, openHospital } from '../world/hospital.ts';
import { until } from '../world/tab.ts';

const PROGRAM = '0'.repeat(64);
const CODE = 'a2c4e6g8i0k2m4o6';
const seconds = () => Math.floor(Date.now() / 1000);

interface Made {
  readonly name: string;
  readonly key: string;
  sign(bytes: Uint8Array): string;
}
function person(name: string): Made {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  return { name, key, sign: (bytes) => signWith(null, bytes, privateKey).toString('base64') };
}
const [ada, ben, cleo] = [person('Ada'), person('Ben'), person('Cleo')];

let coordinator: TestCoordinator;
let hospitals: Hospital[];
let north: Hospital;
let study = '';
let console_: Awaited<ReturnType<typeof signIn>>;

const get = (path: string) => ask(coordinator.origin, 'GET', `/api/studies/${study}/people/${path}`);
const post = (path: string, body: object) => ask(coordinator.origin, 'POST', `/api/studies/${study}/people${path}`, body);
const codeOf = async (path: string, body: object): Promise<string> => (await post(path, body)).body.code ?? 'taken';
const inAddress = (key: string) => Buffer.from(key, 'base64').toString('base64url');
const around = async (key: string) => (await get(`around/${inAddress(key)}`)).body;
const certified = (who: Made, change: { readonly at?: number; readonly rootSecret?: Uint8Array; readonly name?: string } = {}) =>
  issuePersonCertificate({
    ...{ study: 'small-demo', rootSecret: north.identity.rootSecret, key: who.key, at: seconds(), role: 'clinician', name: who.name },
    ...change,
  });
const view = async () => (await console_.ask('GET', `/studies/${study}`)).body;
const ofNorth = async () => (await view()).sites.find(({ id }: { id: string }) => id === 'north');
const logText = async (): Promise<string> => (await console_.ask('GET', `/studies/${study}/log`)).body;

/** What a person signs under the list in force. */
async function word(who: Made, change: { readonly planHash?: string; readonly rosterHash?: string; readonly clientHash?: string } = {}) {
  const { roster, planHash }: { roster: Roster; planHash: string } = await around(ada.key);
  const of = { planHash, rosterHash: rosterHash(roster), clientHash: PROGRAM, ...change };
  const site = roster.sites.find(({ id }) => id === 'north')?.index ?? -1;
  return { key: who.key, ...of, signature: who.sign(approveBytes({ roster, site }, of)) };
}

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  console_ = await signIn(coordinator.origin);
  hospitals = await Promise.all(DEMO.sites.map(({ id }) => openHospital(coordinator.origin, id)));
  north = hospitals.find(({ id }) => id === 'north')!;
  study = north.study;
  await until('four', async () => (await view()).sites.filter((site: { connected: boolean }) => site.connected).length === 4, 60_000);
  for (const { site } of hospitals) await site.ready();
}, 120_000);
afterAll(async () => {
  for (const hospital of hospitals) hospital.close();
  await coordinator.end();
});

// One story; each test goes on where the one before ended.
describe('the people of a hospital', () => {
  it('leave their keys under a code; whoever knows another code learns nothing, and a wrong form is refused', async () => {
    const { key, name } = ada;
    expect(await codeOf('/asks', { code: CODE, key, name, role: 'clinician' })).toBe('taken');
    expect((await get(`asks/${CODE}`)).body).toEqual({ isOpen: true, asks: [{ key, name, role: 'clinician' }] });
    for (const other of ['b'.repeat(16), 'short', encodeURIComponent("' or 1=1")])
      expect((await get(`asks/${other}`)).body).toEqual({ isOpen: true, asks: [] });
    expect(await codeOf('/asks', { code: CODE, key, name, role: 'clinician' })).toBe('taken');
    for (const change of [{ key: 'x' }, { role: 'owner' }, { name: '' }, { name: 'a'.repeat(121) }, { code: '' }, { extra: 1 }])
      expect(await codeOf('/asks', { code: CODE, key, name, role: 'clinician', ...change })).toBe('malformed');
    expect((await get(`asks/${CODE}`)).body.asks).toHaveLength(1);
  });

  it('are certified by the hospital’s root key alone, for today, each once; a refused request leaves nothing in the log', async () => {
    const before = await logText();
    const stranger = issuePersonCertificate({
      ...{ study: 'small-demo', rootSecret: new Uint8Array(32).fill(9), key: ada.key, at: seconds(), role: 'clinician', name: 'Ada' },
    });
    expect(await codeOf('/', { certificate: stranger })).toBe('root-unknown');
    expect(await codeOf('/', { certificate: { ...certified(ada), name: 'Eve' } })).toBe('bad-signature');
    for (const at of [seconds() - CERTIFICATE_SECONDS - 60, seconds() + 365 * 86_400])
      expect(await codeOf('/', { certificate: certified(ada, { at }) })).toBe('clock-wrong');
    expect((await get(`around/${inAddress(ada.key)}`)).body.code).toBe('person-unknown');
    expect(await logText()).toBe(before);

    expect(await codeOf('/', { certificate: certified(ada) })).toBe('taken');
    expect((await console_.ask('POST', `/studies/${study}/start`)).body).toMatchObject({ code: 'signers-incomplete' });
    const after = await logText();
    expect(await codeOf('/', { certificate: certified(ada, { name: 'Adam' }) })).toBe('person-twice');
    expect(await codeOf('/', { certificate: certified(ben, { name: 'ADA' }) })).toBe('person-same-name');
    const device = { ...ben, key: north.identity.publicKey };
    expect(await codeOf('/', { certificate: certified(device) })).toBe('person-twice');
    expect(await logText()).toBe(after);
  });

  it('can be taken back before the list is made, for good', async () => {
    expect(await codeOf('/', { certificate: certified(cleo) })).toBe('taken');
    expect(await codeOf('/', { certificate: certified(ben) })).toBe('people-complete');
    const suspension = issueSuspension({ study: 'small-demo', rootSecret: north.identity.rootSecret, key: cleo.key });
    const foreign = issueSuspension({
      study: 'small-demo',
      rootSecret: hospitals.find(({ id }) => id === 'east')!.identity.rootSecret,
      key: cleo.key,
    });
    expect(await codeOf('/withdrawn', { suspension: foreign })).toBe('person-unknown');
    expect(await codeOf('/withdrawn', { suspension: { ...suspension, signature: foreign.signature } })).toBe('bad-signature');
    expect(await codeOf('/withdrawn', { suspension })).toBe('taken');
    expect((await get(`around/${inAddress(cleo.key)}`)).body.code).toBe('person-withdrawn');
    expect(await codeOf('/', { certificate: certified(cleo) })).toBe('person-withdrawn');
    expect(await codeOf('/', { certificate: certified(ben) })).toBe('taken');
    const { people, phase, roster } = await around(ben.key);
    expect([people.map((one: { certificate: { name: string } }) => one.certificate.name), phase, roster]).toEqual([
      ['Ada', 'Ben'],
      'gathering',
      null,
    ]);
  });

  it('sign the list that names them; with one of them no round begins, also after the coordinator restarted', async () => {
    await console_.ask('POST', `/studies/${study}/start`);
    await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')), 60_000);
    expect(await codeOf('/', { certificate: certified(cleo) })).toBe('list-made');
    expect(await codeOf('/asks', { code: CODE, key: cleo.key, name: 'Cleo', role: 'clinician' })).toBe('list-made');
    expect((await get(`asks/${CODE}`)).body.isOpen).toBe(false);
    expect(await codeOf('/signatures', await word(cleo))).toBe('person-unknown');
    expect(await codeOf('/signatures', { ...(await word(ada)), key: ben.key })).toBe('bad-signature');
    expect(await codeOf('/signatures', await word(ada, { planHash: 'ab'.repeat(32) }))).toBe('wrong-plan');
    expect(await codeOf('/signatures', await word(ada, { rosterHash: 'ab'.repeat(32) }))).toBe('roster-mismatch');
    for (const hospital of hospitals) await hospital.approve();
    await until(
      'the devices',
      async () => (await view()).sites.filter((site: { approved: boolean }) => site.approved).length === 3,
      60_000,
    );
    expect(await codeOf('/signatures', await word(ada, { clientHash: 'ab'.repeat(32) }))).toBe('program-differs');
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + (CERTIFICATE_SECONDS + 10) * 1000);
    expect(await codeOf('/signatures', await word(ada))).toBe('person-expired');
    clock.mockRestore();
    expect(await codeOf('/signatures', await word(ada))).toBe('taken');
    const written = await logText();
    expect(await codeOf('/signatures', await word(ada))).toBe('taken');
    expect(await logText()).toBe(written);

    const { roster, planHash } = await around(ben.key);
    const refusal = { planHash, reason: 'Not before Monday.' };
    const site = roster.sites.findIndex(({ id }: { id: string }) => id === 'north');
    const no = { key: ben.key, rosterHash: rosterHash(roster), ...refusal, signature: ben.sign(refusalBytes({ roster, site }, refusal)) };
    expect(await codeOf('/refusals', { ...no, reason: 'Something else' })).toBe('bad-signature');
    expect(await codeOf('/refusals', no)).toBe('taken');
    const { port } = new URL(coordinator.origin);
    await coordinator.close();
    coordinator = await startTestCoordinator({ dataDir: coordinator.dataDir, port: Number(port) });
    console_ = await signIn(coordinator.origin);
    expect(await ofNorth()).toMatchObject({
      approved: false,
      people: [
        { name: 'Ada', hasSigned: true, refusal: null },
        { name: 'Ben', hasSigned: false, refusal: 'Not before Monday.' },
      ],
    });
    expect(await view()).toMatchObject({ phase: 'signing', round: null });
  });

  it('let the rounds begin with the second signature; the passport counts both, and names one that is missing or another’s', async () => {
    expect(await codeOf('/signatures', await word(ben))).toBe('taken');
    await until('the result', async () => (await view()).phase === 'finished', 90_000, view);
    for (const { progress } of hospitals) expect(progress.filter(({ type }) => type === 'refused')).toEqual([]);
    const passport: Passport = (await console_.ask('GET', `/studies/${study}/passport`)).body;
    const check = (change: (copy: Passport) => void = () => undefined) => {
      const copy = structuredClone(passport);
      change(copy);
      return checkPassport(copy, verifyEd25519);
    };
    expect(check().filter(({ ok }) => !ok)).toEqual([]);
    expect(check().find(({ id }) => id === 'people')?.text).toBe('Two people signed for North Hospital: Ada and Ben.');
    const at = passport.approvals.findIndex(({ people }) => people !== undefined);
    // biome-ignore lint/suspicious/noExplicitAny: a file is altered wherever it hurts.
    const people = (copy: any): any => copy.approvals[at].people;
    const said = (change: (copy: Passport) => void) => check(change).find(({ id }) => id === 'people');
    expect(said((copy) => people(copy).pop())).toMatchObject({ ok: false, text: expect.stringContaining('no good signature of Ben.') });
    expect(said((copy) => people(copy).shift())).toMatchObject({ ok: false, text: expect.stringContaining('no good signature of Ada.') });
    const both = { ok: false, text: expect.stringContaining('no good signature of Ada and Ben.') };
    expect(
      said(
        (copy) => void ([people(copy)[0].signature, people(copy)[1].signature] = [people(copy)[1].signature, people(copy)[0].signature]),
      ),
    ).toMatchObject(both);
    expect(said((copy) => delete (copy.approvals[at] as { people?: unknown }).people)).toMatchObject(both);
    expect(said((copy) => void (people(copy)[1] = people(copy)[0]))).toMatchObject({ ok: false, text: expect.stringContaining('of Ben.') });
    // A list without the people is another list: nobody signed it.
    const stripped = check((copy) => delete (copy.roster.sites[at] as { signers?: unknown }).signers);
    expect(stripped.filter(({ ok }) => !ok).map(({ id }) => id)).toContain('approvals');
  }, 120_000);
});
