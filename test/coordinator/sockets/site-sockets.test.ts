/** `/site` on a real server: who may speak, what is refused by name, and that nothing which arrives takes the server down. */
import { randomBytes } from 'node:crypto';
import { lengthPrefixed, sha256, toHex } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { CHUNK, type Identity, joinDemo, newIdentity, openTab, type Tab, until } from '../world/tab.ts';

let coordinator: TestCoordinator;
let origin: string;
let study: string;
let console_: Awaited<ReturnType<typeof signIn>>;
const identities: Record<string, Identity> = { north: newIdentity(), east: newIdentity(), south: newIdentity() };
const tabs: Tab[] = [];

beforeAll(async () => {
  coordinator = await startTestCoordinator();
  origin = coordinator.origin;
  console_ = await signIn(origin);
  for (const [site, identity] of Object.entries(identities)) ({ study } = await joinDemo(origin, site, identity));
});

afterAll(async () => {
  for (const tab of tabs) tab.close();
  await coordinator.end();
});

async function open(site: string, load?: string, options: Record<string, unknown> = {}): Promise<Tab> {
  const identity = identities[site] ?? newIdentity();
  const tab = await openTab(origin, { study, site, identity, ...(load === undefined ? {} : { load }) }, options);
  tabs.push(tab);
  return tab;
}

async function speaking(site: string): Promise<Tab> {
  const tab = await open(site);
  expect(await tab.hello({ takeOver: true })).toEqual({ ok: true });
  return tab;
}

const isConnected = async (site: string): Promise<boolean> => {
  const { body } = await console_.ask('GET', `/studies/${study}`);
  return body.sites.find((known: { id: string }) => known.id === site).connected;
};

describe('a connection', () => {
  it('says nothing for a site before it has shown the key of that site', async () => {
    const tab = await open('north');
    const hash = '0'.repeat(64);
    for (const [event, payload] of [
      ['say', { protocol: 1, study, kind: 'ready' }],
      ['blob-begin', { hash, sizeBytes: 10 }],
      ['blob-chunk', { hash, index: 0, digest: hash, bytes: new Uint8Array(1) }],
      ['blob-get', { hash, index: 0 }],
    ] as const) {
      expect(await tab.emit(event, payload)).toMatchObject({ ok: false, code: 'hello-first' });
    }
    expect(tab.messages).toEqual([]);
    tab.close();
  });

  it('is refused with the key, the site or the study of another, or a signature that does not fit', async () => {
    const tab = await open('north');
    const { publicKey } = newIdentity();
    expect(await tab.hello({ publicKey })).toMatchObject({ ok: false, code: 'not-on-roster' });
    expect(await tab.hello({ site: 'east' })).toMatchObject({ ok: false, code: 'not-on-roster' });
    expect(await tab.hello({ site: 'west' })).toMatchObject({ ok: false, code: 'not-on-roster' });
    expect(await tab.hello({ study: 'none' })).toMatchObject({ ok: false, code: 'not-on-roster' });
    expect(await tab.hello({ signature: Buffer.alloc(64).toString('base64') })).toMatchObject({ ok: false, code: 'bad-signature' });
    expect(await tab.hello({ signature: 'AAAA' })).toMatchObject({ ok: false, code: 'malformed' });
    expect(await tab.hello({ extra: 1 })).toMatchObject({ ok: false, code: 'malformed' });
    expect(await isConnected('north')).toBe(false);
    tab.close();
  });

  it('cannot be made with a greeting that was signed for another connection', async () => {
    const tab = await open('north');
    const otherNonce = new Uint8Array(randomBytes(32));
    const signature = Buffer.from(identities.north!.sign(lengthPrefixed(['consilium hello 1', study, 'north', otherNonce]))).toString(
      'base64',
    );
    expect(await tab.hello({ signature })).toMatchObject({ ok: false, code: 'bad-signature' });
    tab.close();
  });

  it('of a page of another origin is refused', async () => {
    const attempt = new Promise((resolve, reject) => {
      const socket = io(`${origin}/site`, { forceNew: true, reconnection: false, extraHeaders: { origin: 'https://evil.example' } });
      socket.once('connect', () => reject(new Error('connected')));
      socket.once('connect_error', (error) => resolve(error.message));
    });
    await expect(attempt).resolves.toMatch(/error/);
  });

  it('is greeted with the plan, and its site is shown as connected', async () => {
    const tab = await speaking('north');
    await until('a welcome', () => tab.messages.length >= 1);
    expect(tab.messages[0]).toMatchObject({ kind: 'welcome', study, site: 'north', plan: { study: 'small-demo' } });
    expect(await isConnected('north')).toBe(true);
    expect(await tab.hello()).toMatchObject({ ok: false, code: 'malformed' });
    tab.close();
    await until('the grace to end', async () => !(await isConnected('north')));
  });
});

describe('a second tab of a site', () => {
  it('is told so, and takes over only when it says so; the first is told and closed', async () => {
    const first = await speaking('east');
    const second = await open('east');
    expect(await second.hello()).toMatchObject({ ok: false, code: 'second-tab' });
    expect(first.socket.connected).toBe(true);
    expect(await second.hello({ takeOver: true })).toEqual({ ok: true });
    await until('the first to be closed', () => !first.socket.connected);
    expect(first.events).toContain('superseded');
    expect(await isConnected('east')).toBe(true);
    second.close();
  });

  it('that is the same page load after a lost connection replaces it without a word', async () => {
    const first = await open('east', 'aaaaaaaaaaaaaaaa');
    await first.hello({ takeOver: true });
    const again = await open('east', 'aaaaaaaaaaaaaaaa');
    expect(await again.hello()).toEqual({ ok: true });
    await until('the first to be closed', () => !first.socket.connected);
    expect(first.events).not.toContain('superseded');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await isConnected('east')).toBe(true);
    again.close();
  });
});

describe('an upload', () => {
  it('goes on after a lost connection with the chunks that are missing, and comes back whole', async () => {
    const bytes = new Uint8Array(randomBytes(3 * CHUNK + 5));
    const first = await speaking('south');
    await first.upload(bytes, [0, 2]);
    first.socket.io.engine.close();
    const second = await speaking('south');
    const { begun, last } = await second.upload(bytes);
    expect(begun).toEqual({ ok: true, have: [0, 2], chunkBytes: CHUNK });
    expect(last).toEqual({ ok: true });
    expect(toHex(sha256((await second.download(toHex(sha256(bytes)))) ?? new Uint8Array()))).toBe(toHex(sha256(bytes)));
    expect((await second.upload(bytes)).begun.have).toEqual([0, 1, 2, 3]);
    second.close();
  });

  it('over long polling is as whole as over a WebSocket', async () => {
    const tab = await open('south', undefined, { transports: ['polling'] });
    expect(await tab.hello({ takeOver: true })).toEqual({ ok: true });
    const bytes = new Uint8Array(randomBytes(CHUNK + 1));
    expect((await tab.upload(bytes)).last).toEqual({ ok: true });
    expect(await tab.download(toHex(sha256(bytes)))).toEqual(bytes);
    tab.close();
  });

  it('is counted at the socket: little more than its own bytes', async () => {
    const before = coordinator.traffic(study).north ?? { framesUp: 0, blobsUp: 0 };
    const tab = await speaking('north');
    const bytes = new Uint8Array(randomBytes(8 * CHUNK));
    await tab.upload(bytes);
    const after = coordinator.traffic(study).north!;
    expect(after.blobsUp - before.blobsUp).toBe(bytes.length);
    const frames = after.framesUp - before.framesUp;
    expect(frames).toBeGreaterThanOrEqual(bytes.length);
    expect(frames).toBeLessThan(1.01 * bytes.length);
    tab.close();
  });

  it('of more than the limit is refused by name', async () => {
    const tab = await speaking('north');
    expect(await tab.emit('blob-begin', { hash: '0'.repeat(64), sizeBytes: 2 ** 40 })).toMatchObject({ ok: false, code: 'too-large' });
    tab.close();
  });
});

describe('whatever arrives', () => {
  it('is answered once and by name', async () => {
    const tab = await speaking('north');
    const events = ['hello', 'say', 'blob-begin', 'blob-chunk', 'blob-get'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...events), fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 3 }), async (event, payload) => {
        expect(await tab.emit(event, ...payload)).toMatchObject({ ok: false, code: expect.stringMatching(/^[a-z-]+$/) });
      }),
      { numRuns: 200 },
    );
    const near = { hash: 'A'.repeat(64), index: -1, digest: '', bytes: 'text' };
    for (const payload of [near, { ...near, bytes: new Uint8Array(CHUNK + 1) }, { sizeBytes: Number.NaN }, { sizeBytes: 1.5 }]) {
      expect(await tab.emit('blob-chunk', payload)).toMatchObject({ ok: false, code: 'malformed' });
    }
    tab.close();
  });

  it('without an acknowledgement, under unknown names, or as broken frames leaves the server up', async () => {
    for (const frame of [
      'garbage',
      '42["say"',
      '4999',
      '451-["blob-chunk",{"_placeholder":true,"num":7}]',
      '42/site,["__proto__",{}]',
      '43/site,1[]',
    ]) {
      const tab = await speaking('north');
      tab.socket.emit('say');
      tab.socket.emit('say', null, 'not a function');
      tab.socket.emit('constructor', {});
      // The transport's own socket is not part of the client's public types.
      const transport = tab.socket.io.engine.transport as unknown as { ws: { send(data: string | Uint8Array): void } };
      transport.ws.send(frame);
      transport.ws.send(new Uint8Array(randomBytes(100)));
      await new Promise((resolve) => setTimeout(resolve, 20));
      tab.close();
      expect((await ask(origin, 'GET', '/api/info')).status).toBe(200);
    }
  });

  it('in a frame above the limit ends that connection only', async () => {
    const [large, other] = [await speaking('north'), await speaking('east')];
    large.socket.emit('blob-chunk', { bytes: new Uint8Array(3_000_000) });
    await until('the connection to end', () => !large.socket.connected);
    expect(await other.emit('blob-get', { hash: '0'.repeat(64), index: 0 })).toMatchObject({ code: 'blob-missing' });
    other.close();
  });

  it('too fast is refused by name, and does not silence another site', async () => {
    const tab = await speaking('south');
    const answers = await Promise.all(Array.from({ length: 6000 }, () => tab.emit('blob-get', { hash: '0'.repeat(64), index: 0 })));
    expect(answers.at(-1)).toMatchObject({ ok: false, code: 'too-many' });
    expect(answers[0]).toMatchObject({ code: 'blob-missing' });
    const other = await speaking('east');
    expect(await other.emit('blob-get', { hash: '0'.repeat(64), index: 0 })).toMatchObject({ code: 'blob-missing' });
    tab.close();
    other.close();
  });
});

describe('the console’s connection', () => {
  it('needs the session, and then sees every study and every change', async () => {
    const refused = await new Promise((resolve) => {
      const socket = io(`${origin}/console`, { forceNew: true, reconnection: false });
      socket.once('connect_error', (error) => resolve(error.message));
    });
    expect(refused).toBe('signed-out');
    const views: { study: string; sites: { id: string; connected: boolean }[] }[] = [];
    const socket = io(`${origin}/console`, { forceNew: true, reconnection: false, extraHeaders: { cookie: console_.cookie } });
    const all = new Promise<{ study: string }[]>((resolve) => socket.once('studies', resolve));
    socket.on('study', (view) => views.push(view));
    expect((await all).map((view) => view.study)).toContain(study);
    const tab = await speaking('south');
    await until('a view with south', () => views.at(-1)?.sites.some(({ id, connected }) => id === 'south' && connected) === true);
    tab.close();
    socket.disconnect();
  });
});
