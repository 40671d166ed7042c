/**
 * Frames on real sockets: a coordinator as it is deployed, a hospital's connection that has proved itself, and behind it mutated events, bytes
 * that are no packets, attachments that are not there. It may close that connection; it must go on serving everybody else.
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { ask, startTestCoordinator } from '../coordinator/world/coordinator.ts';
import { type Identity, joinDemo, newIdentity, openTab, type Tab } from '../coordinator/world/tab.ts';
import { mutate, mutation } from './mutation.ts';
import { count, type Tally } from './tally.ts';

const PER_CONNECTION = 25;

/** The transport's own socket is not part of the client's public types. */
interface Wire {
  /** Null once the connection has ended. */
  readonly ws: { readonly readyState: number; send(data: string | Uint8Array): void } | null;
}

const HASH = 'ab'.repeat(32);
const EVENTS: readonly (readonly [string, unknown])[] = [
  [
    'say',
    { protocol: 1, study: 'small-demo', kind: 'ready', rows: '100–199', events: '10–19', checks: 'pass', signature: `${'A'.repeat(86)}==` },
  ],
  [
    'say',
    { protocol: 1, study: 'small-demo', kind: 'masked-vector', round: 1, sizeBytes: 10, hash: HASH, signature: `${'A'.repeat(86)}==` },
  ],
  ['say', { protocol: 1, study: 'small-demo', kind: 'refuse', round: 1, code: 'stopped' }],
  ['blob-begin', { hash: HASH, sizeBytes: 10 }],
  ['blob-get', { hash: HASH, index: 0 }],
  ['blob-chunk', { hash: HASH, index: 0, digest: HASH, bytes: 'text' }],
  [
    'hello',
    { study: 'small-demo', site: 'north', publicKey: `${'A'.repeat(43)}=`, signature: `${'A'.repeat(86)}==`, load: 'abcdef0123456789' },
  ],
];

/** @returns Once every frame was sent and the coordinator has shown that it is up. */
export async function fuzzSockets(tally: Tally, cases: number, seed: number): Promise<void> {
  const coordinator = await startTestCoordinator();
  const { origin } = coordinator;
  const identities: Record<string, Identity> = { north: newIdentity(), south: newIdentity() };
  let study = '';
  for (const [site, identity] of Object.entries(identities)) ({ study } = await joinDemo(origin, site, identity));
  /** Three hundred connections a minute are served, so now and then it has to wait. */
  const open = async (site: string): Promise<Tab> => {
    for (let tries = 0; tries < 20; tries += 1) {
      try {
        const tab = await openTab(origin, { study, site, identity: identities[site]! });
        await tab.hello({ takeOver: true });
        return tab;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5000));
      }
    }
    throw new Error('the coordinator takes no connection any more');
  };
  try {
    const witness = await open('south');
    const frames = fc.sample(
      fc.record({ event: fc.nat(EVENTS.length - 1), other: fc.nat(EVENTS.length - 1), change: mutation, kind: fc.nat(9) }),
      { numRuns: cases, seed },
    );
    let tab: Tab | null = null;
    let sent = 0;
    for (const { event, other, change, kind } of frames) {
      if (tab === null || sent % PER_CONNECTION === 0) {
        tab?.close();
        tab = await open('north');
      }
      const { ws } = tab.socket.io.engine.transport as unknown as Wire;
      const began = performance.now();
      const [name, body] = EVENTS[event]!;
      const arrived = mutate(body, EVENTS[other]![1], change);
      const shape = kind < 6 ? 'mutated event' : kind < 8 ? 'broken packet' : 'bytes';
      count(tally.phases, shape);
      tally.cases += 1;
      sent += 1;
      if (ws?.readyState !== 1) {
        count(tally.outcomes, 'connection was closed');
        tab.close();
        tab = await open('north');
        continue;
      }
      if (shape === 'mutated event') {
        const answer = await tab.emit(name, arrived).catch(() => null);
        count(tally.outcomes, answer === null ? 'no answer' : answer.ok ? 'answered' : answer.code);
        if (answer === null && tab.socket.connected) tally.crashes.push(`no answer to ${name} ${JSON.stringify(arrived)}`.slice(0, 2000));
      } else {
        const text = `42/site,${change.place}${JSON.stringify([name, arrived ?? null])}`;
        ws.send(
          shape === 'bytes'
            ? new Uint8Array(randomBytes(1 + (change.spot % 500)))
            : text.slice(0, change.spot % text.length) + String.fromCharCode(change.place % 128),
        );
        count(tally.outcomes, 'sent');
      }
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - began);
    }
    tab?.close();
    if ((await witness.emit('blob-get', { hash: HASH, index: 0 })).code !== 'blob-missing')
      tally.crashes.push('another hospital is not served any more');
    if ((await ask(origin, 'GET', '/api/info')).status !== 200) tally.crashes.push('the coordinator does not answer any more');
    witness.close();
  } finally {
    await coordinator.end();
  }
}
