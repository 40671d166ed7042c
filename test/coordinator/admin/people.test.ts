/** Who may use the console, against a real coordinator and its real database: accounts, roles, lockout, the second factor, the log. */
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_CODE, ask, consoleOf, logged, OWNER, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';

const FROM = { 'x-consilium': '1' };
const PASSWORD = 'long enough to be taken';

let coordinator: TestCoordinator;
let origin: string;
let owner: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  coordinator = await startTestCoordinator({ signInsPerMinute: 10_000 });
  origin = coordinator.origin;
  owner = await signIn(origin);
});

afterAll(() => coordinator.end());

const post = (path: string, body: object) => ask(origin, 'POST', `/api/console${path}`, body, FROM);

async function colleague(role: string, name: string) {
  const { code } = (await owner.ask('POST', '/people', { role })).body;
  return { code, ...consoleOf(origin, await post('/set-up', { code, name, password: PASSWORD })) };
}

/** RFC 6238 by hand: the oracle of the second factor. */
function digitsOf(secret: string, step: number): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19]! & 15;
  return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
const stepNow = (): number => Math.floor(Date.now() / 30_000);

describe('an account', () => {
  it('is made by a code once, whatever the case and the separators it is typed with', async () => {
    const { code } = (await owner.ask('POST', '/people', { role: 'viewer' })).body;
    const typed = code.toLowerCase().replaceAll('-', ' ');
    expect((await post('/set-up', { code: typed, name: 'Vera', password: PASSWORD })).status).toBe(200);
    expect((await post('/set-up', { code, name: 'Thief', password: PASSWORD })).body.code).toBe('code-used');
    expect((await post('/sign-in', { name: 'VERA', password: PASSWORD })).status).toBe(200);
  });

  it('of two who use one code at the same moment, one gets it', async () => {
    const { code } = (await owner.ask('POST', '/people', { role: 'viewer' })).body;
    const answers = await Promise.all(['One', 'Two', 'Three'].map((name) => post('/set-up', { code, name, password: PASSWORD })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it.each([
    ['short', 'password-short'],
    ['aaaaaaaaaaaaaaaa', 'password-obvious'],
    ['x'.repeat(201), 'password-long'],
  ])('does not take the password %s, and keeps the code for another try', async (password, refusal) => {
    const { code } = (await owner.ask('POST', '/people', { role: 'viewer' })).body;
    expect((await post('/set-up', { code, name: `Tries ${refusal}`, password })).body.code).toBe(refusal);
    expect((await post('/set-up', { code, name: `Tries ${refusal}`, password: PASSWORD })).status).toBe(200);
  });

  it('does not take the name of another, and keeps the code', async () => {
    const { code } = (await owner.ask('POST', '/people', { role: 'viewer' })).body;
    expect((await post('/set-up', { code, name: OWNER.name.toUpperCase(), password: PASSWORD })).body.code).toBe('name-taken');
    expect((await post('/set-up', { code, name: 'Nora', password: PASSWORD })).status).toBe(200);
  });

  it('changes its password with the old one, which signs other browsers out', async () => {
    const first = await colleague('viewer', 'Changer');
    const second = consoleOf(origin, await post('/sign-in', { name: 'Changer', password: PASSWORD }));
    expect((await first.ask('POST', '/account/password', { old: 'wrong', new: `${PASSWORD}!` })).body.code).toBe('wrong-password');
    expect((await first.ask('POST', '/account/password', { old: PASSWORD, new: `${PASSWORD}!` })).status).toBe(200);
    expect([(await first.ask('GET', '/studies')).status, (await second.ask('GET', '/studies')).status]).toEqual([200, 401]);
    expect((await post('/sign-in', { name: 'Changer', password: PASSWORD })).body.code).toBe('wrong-password');
  });
});

describe('a role', () => {
  it('of a viewer sees studies and changes nothing', async () => {
    const viewer = await colleague('viewer', 'Only looks');
    expect((await viewer.ask('GET', '/studies/small-demo')).status).toBe(200);
    for (const path of ['/studies/small-demo/stop', '/studies', '/demo', '/studies/small-demo/invitations', '/people']) {
      expect([path, (await viewer.ask('POST', path, {})).body.code]).toEqual([path, 'not-allowed']);
    }
    expect((await owner.ask('GET', '/studies/small-demo')).body.phase).toBe('gathering');
  });

  it('of a coordinator runs studies and sees no people', async () => {
    const coordinates = await colleague('coordinator', 'Runs studies');
    expect((await coordinates.ask('POST', '/demo')).status).toBe(201);
    expect((await coordinates.ask('GET', '/people')).body.code).toBe('not-allowed');
  });

  it('ends with the account, at once; the last owner stays', async () => {
    const gone = await colleague('coordinator', 'Soon gone');
    const { people } = (await owner.ask('GET', '/people')).body;
    const idOf = (name: string) => people.find((account: { name: string }) => account.name === name).id;
    expect((await owner.ask('POST', `/people/${idOf('Soon gone')}/remove`)).status).toBe(200);
    expect((await gone.ask('GET', '/studies')).body.code).toBe('signed-out');
    expect((await owner.ask('POST', `/people/${idOf(OWNER.name)}/remove`)).body.code).toBe('last-owner');
  });

  it('takes with it the codes that it made and nobody used; codes of others stay', async () => {
    const second = await colleague('owner', 'Second owner');
    const [theirs, ours] = await Promise.all(
      [second, owner].map(async ({ ask: as }) => (await as('POST', '/people', { role: 'owner' })).body.code),
    );
    const { people } = (await owner.ask('GET', '/people')).body;
    const { id } = people.find(({ name }: { name: string }) => name === 'Second owner');
    expect((await owner.ask('POST', `/people/${id}/remove`)).status).toBe(200);
    expect((await post('/set-up', { code: theirs, name: 'Back again', password: PASSWORD })).body.code).toBe('wrong-code');
    expect((await post('/set-up', { code: ours, name: 'Invited by another', password: PASSWORD })).status).toBe(200);
  });
});

describe('the second factor', () => {
  it('is asked for once it is on, takes each code once, and goes off with the password', async () => {
    const person = await colleague('coordinator', 'Two factors');
    for (const body of [undefined, {}, { password: 'wrong' }])
      expect((await person.ask('POST', '/account/second-factor', body)).status).toBeGreaterThanOrEqual(400);
    const { secret, uri } = (await person.ask('POST', '/account/second-factor', { password: PASSWORD })).body;
    expect(uri).toMatch(/^otpauth:\/\/totp\/Consilium:Two%20factors\?.*secret=/);
    expect((await person.ask('POST', '/account/second-factor/confirm', { code: '000000' })).body.code).toBe('wrong-second-factor');
    expect((await person.ask('POST', '/account/second-factor/confirm', { code: digitsOf(secret, stepNow() - 1) })).status).toBe(200);
    const again = (secondFactor: string | null) => post('/sign-in', { name: 'Two factors', password: PASSWORD, secondFactor });
    expect((await again(null)).body.code).toBe('second-factor-needed');
    const digits = digitsOf(secret, stepNow() + 1);
    expect((await again(digits)).status).toBe(200);
    expect((await again(digits)).body.code).toBe('wrong-second-factor');
    // A session alone does not put another factor in its place.
    expect((await person.ask('POST', '/account/second-factor', { password: 'wrong' })).body.code).toBe('wrong-password');
    expect((await person.ask('POST', '/account/second-factor/confirm', { code: '000000' })).body.code).toBe('wrong-second-factor');
    expect((await person.ask('POST', '/account/second-factor/off', { password: 'wrong' })).body.code).toBe('wrong-password');
    expect((await person.ask('POST', '/account/second-factor/off', { password: PASSWORD })).status).toBe(200);
    expect((await again(null)).status).toBe(200);
  });
});

describe('a guesser', () => {
  it('is held off after five wrong passwords for a name, also with the right one then; others are not', async () => {
    await colleague('viewer', 'Guessed');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await post('/sign-in', { name: 'Guessed', password: `guess ${attempt}` })).body.code).toBe('wrong-password');
    }
    const locked = await post('/sign-in', { name: 'guessed ', password: PASSWORD });
    expect([locked.status, locked.body.code]).toEqual([429, 'locked']);
    expect((await post('/sign-in', OWNER)).status).toBe(200);
  });

  it('learns no names: a wrong name and a wrong password are answered alike', async () => {
    const answers = [
      await post('/sign-in', { name: 'Nobody', password: 'x' }),
      await post('/sign-in', { name: OWNER.name, password: 'x' }),
    ];
    expect(answers[0]).toMatchObject({ status: 401, body: answers[1]!.body });
  });
});

describe('the log of the console', () => {
  it('has every action with its person, no secret, and an intact chain', async () => {
    const { log } = (await owner.ask('GET', '/people')).body;
    const told = log.map(({ who, action, subject }: Record<string, string>) => `${who} ${action} ${subject}`.trim());
    for (const line of [
      'Owner account-made owner',
      'Owner colleague-invited viewer',
      'Vera account-made viewer',
      'VERA signed-in',
      'Guessed sign-in-refused wrong-password',
      'Runs studies study-created demo',
      'Owner account-removed Soon gone',
      'Two factors second-factor-on',
    ]) {
      expect(told).toContain(line.replace('VERA', 'Vera'));
    }
    const everything = JSON.stringify(log) + logged.join();
    for (const secret of [PASSWORD, OWNER.password, ADMIN_CODE]) expect(everything).not.toContain(secret);
    expect(await coordinator.verifyConsoleLog()).toMatchObject({ ok: true, events: log.length });
  });
});

describe('refused sign-ins', () => {
  it('leave three entries a name and twenty an address in a quarter of an hour, and the last says so', async () => {
    const another = await startTestCoordinator({ signInsPerMinute: 10_000 });
    const person = await signIn(another.origin);
    const refusals = async (name: (at: number) => string) => {
      for (let at = 0; at < 30; at++) await ask(another.origin, 'POST', '/api/console/sign-in', { name: name(at), password: 'x' }, FROM);
      const { log } = (await person.ask('GET', '/people')).body;
      const refused = log.filter(({ action }: { action: string }) => action === 'sign-in-refused');
      return [refused.length, refused.filter(({ subject }: { subject: string }) => subject.includes('more are not written')).length];
    };
    expect(await refusals(() => 'somebody')).toEqual([3, 1]);
    expect(await refusals((at) => `nobody ${at}`)).toEqual([20, 2]);
    await another.end();
  });
});

describe('a restart', () => {
  it('needs no code any more; a further owner’s code is made on request, and a session goes on', async () => {
    const { dataDir } = coordinator;
    await coordinator.close();
    coordinator = await startTestCoordinator({ dataDir });
    expect(coordinator.adminCode).toBe(null);
    const refused = await ask(
      coordinator.origin,
      'POST',
      '/api/console/set-up',
      { code: ADMIN_CODE, name: 'Late', password: PASSWORD },
      FROM,
    );
    expect(refused.body.code).toBe('wrong-code');
    const headers = { ...FROM, cookie: owner.cookie };
    expect((await ask(coordinator.origin, 'GET', '/api/console/me', undefined, headers)).body.account.name).toBe('Owner');
    await coordinator.close();
    coordinator = await startTestCoordinator({ dataDir, newOwner: true });
    const made = await ask(coordinator.origin, 'POST', '/api/console/set-up', { code: ADMIN_CODE, name: 'Late', password: PASSWORD }, FROM);
    expect(made.status).toBe(200);
    await coordinator.close();
    rmSync(dataDir, { recursive: true, force: true });
    coordinator = await startTestCoordinator();
  }, 60_000);
});
