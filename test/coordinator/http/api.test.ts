/** The HTTP side of a real coordinator: invitations, demo seats, the console's session, and what foreign requests meet. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, logged, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { DEMO, PLAN_TEXT } from '../world/demo-study.ts';
import { type Identity, newIdentity } from '../world/tab.ts';

let coordinator: TestCoordinator;
let origin: string;
let console_: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  origin = coordinator.origin;
  console_ = await signIn(origin);
});

afterAll(() => coordinator.end());

async function newStudy(): Promise<string> {
  const { status, body } = await console_.ask('POST', '/studies', {
    text: PLAN_TEXT.replace('small-demo', 'invited'),
    fileName: 'plan.yaml',
  });
  expect(status).toBe(201);
  return body.study;
}

const join = (study: string, { who, ...body }: { who: Identity; [field: string]: unknown }) =>
  ask(origin, 'POST', `/api/studies/${study}/join`, { ...body, certificate: who.certificate(study) });

describe('an invitation', () => {
  it('seats one browser: the same key is answered the same, another key is refused', async () => {
    const study = await newStudy();
    const { body: invited } = await console_.ask('POST', `/studies/${study}/invitations`, { name: '  Sankt Görans\u202e ' });
    expect(invited).toMatchObject({ site: 'sankt-gorans', link: `${origin}/#study=${study}` });
    expect(invited.link).not.toContain(invited.secret);
    const [first, second] = [newIdentity(), newIdentity()];
    const seated = await join(study, { invitation: invited.secret, name: 'whatever', who: first });
    expect(seated.body).toMatchObject({ site: 'sankt-gorans', name: 'Sankt Görans', planHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await join(study, { invitation: invited.secret, name: '', who: first })).body).toEqual(seated.body);
    const stolen = await join(study, { invitation: invited.secret, name: 'thief', who: second });
    expect([stolen.status, stolen.body.code]).toEqual([409, 'invitation-used']);
  });

  it('says whose it is as often as it is asked, without being used up', async () => {
    const study = await newStudy();
    const { body: invited } = await console_.ask('POST', `/studies/${study}/invitations`, { name: 'Sankt Görans' });
    const look = (secret: string) => ask(origin, 'POST', `/api/studies/${study}/invitation`, { invitation: secret });
    for (let time = 0; time < 2; time++) expect((await look(invited.secret)).body).toEqual({ name: 'Sankt Görans' });
    expect((await look('guessed')).body.code).toBe('invitation-unknown');
    expect((await join(study, { invitation: invited.secret, who: newIdentity() })).status).toBe(200);
    expect((await look(invited.secret)).body.code).toBe('invitation-used');
  });

  it('seats one of two browsers that use it at the same moment', async () => {
    const study = await newStudy();
    const { body: invited } = await console_.ask('POST', `/studies/${study}/invitations`, { name: 'A' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => join(study, { invitation: invited.secret, name: 'A', who: newIdentity() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('works only for its own study, and its secret is neither stored nor logged', async () => {
    const [study, other] = [await newStudy(), await newStudy()];
    const { body: invited } = await console_.ask('POST', `/studies/${study}/invitations`, { name: 'A' });
    const elsewhere = await join(other, { invitation: invited.secret, name: 'A', who: newIdentity() });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'invitation-unknown']);
    const guessed = await join(study, { invitation: 'guess', name: 'A', who: newIdentity() });
    expect(guessed.body.code).toBe('invitation-unknown');
    expect(logged.join()).not.toContain(invited.secret);
  });

  it('is refused once the study is closed', async () => {
    const study = await newStudy();
    const { body: invited } = await console_.ask('POST', `/studies/${study}/invitations`, { name: 'A' });
    expect((await console_.ask('POST', `/studies/${study}/stop`)).body.phase).toBe('stopped');
    const late = await join(study, { invitation: invited.secret, name: 'A', who: newIdentity() });
    expect([late.status, late.body.code]).toEqual([409, 'study-closed']);
    expect((await console_.ask('POST', `/studies/${study}/invitations`, { name: 'B' })).body.code).toBe('study-closed');
  });
});

describe('the demo study', () => {
  it('offers a seat and a file to each hospital, and marks seats that are taken', async () => {
    const { demo } = (await ask(origin, 'GET', '/api/info')).body;
    expect(demo.sites).toEqual(DEMO.sites.map(({ id, name }) => ({ id, name, taken: false })));
    const identity = newIdentity();
    expect((await join(demo.study, { demoSite: 'north', name: '', who: identity })).body.name).toBe('North Hospital');
    expect((await join(demo.study, { demoSite: 'north', name: '', who: newIdentity() })).body.code).toBe('taken');
    expect((await join(demo.study, { demoSite: 'east', name: '', who: identity })).body.code).toBe('taken');
    expect((await ask(origin, 'GET', '/api/info')).body.demo.sites[0].taken).toBe(true);
    expect((await ask(origin, 'GET', '/api/demo/north.csv')).body).toBe(DEMO.sites[0]?.csv);
    expect((await ask(origin, 'GET', '/api/demo/..%2f..%2fpackage.json.csv')).status).toBe(404);
    expect((await ask(origin, 'GET', `/api/studies/${demo.study}/plan`)).body.plan.study).toBe('small-demo');
  });

  it('does not open other studies to demo hospitals', async () => {
    const answer = await join(await newStudy(), { demoSite: 'north', name: '', who: newIdentity() });
    expect(answer.body.code).toBe('invitation-unknown');
  });

  it('can be made anew by the console', async () => {
    const { body } = await console_.ask('POST', '/demo');
    expect((await ask(origin, 'GET', '/api/info')).body.demo).toMatchObject({ study: body.study, sites: [{ taken: false }, {}, {}, {}] });
  });
});

describe('the console', () => {
  it('is opened by the printed code once, in a cookie that scripts cannot read', async () => {
    const cookie = console_.answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^consilium-console=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect((await signIn(origin)).made.body.code).toBe('code-used');
    expect((await signIn(origin, 'WRONG')).made.body.code).toBe('wrong-code');
    expect((await console_.ask('GET', '/me')).body).toMatchObject({ account: { name: 'Owner', role: 'owner' }, hasOwner: true });
    expect((await ask(origin, 'GET', '/api/console/me')).body).toEqual({ account: null, hasOwner: true });
  });

  it('shows and does nothing without a session', async () => {
    for (const [method, path] of [
      ['GET', '/studies'],
      ['POST', '/studies'],
      ['POST', '/demo'],
      ['POST', '/studies/small-demo/stop'],
    ] as const) {
      const answer = await ask(origin, method, `/api/console${path}`, method === 'POST' ? {} : undefined, { 'x-consilium': '1' });
      expect([answer.status, answer.body.code]).toEqual([401, 'signed-out']);
    }
  });

  it('does nothing for a page of another site', async () => {
    const { cookie } = console_;
    const without = await ask(origin, 'POST', '/api/console/studies/small-demo/stop', undefined, { cookie });
    const foreign = await ask(origin, 'POST', '/api/console/studies/small-demo/stop', undefined, {
      cookie,
      'x-consilium': '1',
      origin: 'https://evil.example',
    });
    expect([without.body.code, foreign.body.code]).toEqual(['foreign-request', 'foreign-request']);
    expect((await console_.ask('GET', '/studies/small-demo')).body.phase).toBe('gathering');
  });

  it('answers a plan with mistakes with the place of each', async () => {
    const text = PLAN_TEXT.replace('ridge: 1', 'rigde: 1');
    const { status, body } = await console_.ask('POST', '/studies', { text, fileName: 'plan.yaml' });
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ line: expect.any(Number), message: expect.stringContaining('ridge') });
  });

  it('gives two studies of one plan different names', async () => {
    expect(await newStudy()).not.toBe(await newStudy());
  });

  it('refuses an action that does not fit the phase, and one that does not exist', async () => {
    const study = await newStudy();
    expect((await console_.ask('POST', `/studies/${study}/pause`)).body.code).toBe('wrong-phase');
    expect((await console_.ask('POST', `/studies/${study}/explode`)).status).toBe(404);
    expect((await console_.ask('POST', '/studies/none/start')).body.code).toBe('study-unknown');
  });
});

describe('bad requests', () => {
  it.each([
    ['broken JSON', '{', 400, 'malformed'],
    ['JSON of another form', { what: 1 }, 400, 'malformed'],
    [
      'a key of the wrong length',
      { demoSite: 'north', name: '', certificate: { ...newIdentity().certificate('small-demo'), key: 'AAAA' } },
      400,
      'malformed',
    ],
    [
      'a further field',
      { demoSite: 'north', name: '', certificate: newIdentity().certificate('small-demo'), admin: true },
      400,
      'malformed',
    ],
    [
      'both an invitation and a demo seat',
      { demoSite: 'north', invitation: 'x', name: '', certificate: newIdentity().certificate('small-demo') },
      400,
      'malformed',
    ],
    ['two megabytes', { name: 'x'.repeat(2_000_000) }, 413, 'too-large'],
  ])('with %s are answered by name', async (_what, body, status, code) => {
    const answer = await ask(origin, 'POST', '/api/studies/small-demo/join', body, { 'content-type': 'application/json' });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('to unknown addresses get an answer, not a page', async () => {
    for (const path of ['/api/none', '/none', '/api/studies/__proto__/plan', '/assets/../../package.json', '/%2e%2e/coordinator-key.pem']) {
      expect((await ask(origin, 'GET', path)).status).toBe(404);
    }
  });

  it('cannot guess the code for long', async () => {
    const answers = [];
    for (let attempt = 0; attempt < 30; attempt += 1) answers.push((await signIn(origin, `WRONG-${attempt}`)).made.status);
    expect(answers.at(-1)).toBe(429);
  });
});
