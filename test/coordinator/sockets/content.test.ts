/** The bytes a hospital's list counts and those the coordinator counts are the same, event by event. */
import { randomBytes } from 'node:crypto';
import { sentBytes, sentLength } from '@consilium/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { joinDemo, newIdentity, openTab } from '../world/tab.ts';

let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await startTestCoordinator();
});
afterAll(() => coordinator.end());

describe('the content of events', () => {
  it('is JSON and raw bytes, counted without being made', () => {
    const payload = { index: 3, bytes: Uint8Array.of(7, 8), name: 'Görans' };
    expect(Buffer.from(sentBytes(payload)).toString('latin1')).toBe(Buffer.from('{"index":3,"name":"Görans"}\u0007\b').toString('latin1'));
    for (const value of [payload, {}, [], 'text', null, undefined, 7]) expect(sentLength(value)).toBe(sentBytes(value).length);
  });

  it('weighs the same at the coordinator, refused events and repeated ones too', async () => {
    const identity = newIdentity();
    const { study } = await joinDemo(coordinator.origin, 'north', identity);
    const before = coordinator.traffic(study).north ?? { contentUp: 0, messagesUp: 0 };
    expect(before.messagesUp).toBe(1);
    const tab = await openTab(coordinator.origin, { study, site: 'north', identity });
    let bytes = 0;
    let messages = 0;
    // What is handed to the socket, by its own hook: not what this test believes it sends.
    tab.socket.onAnyOutgoing((_event: string, payload: unknown) => {
      bytes += sentLength(payload);
      messages += 1;
    });
    expect(await tab.hello()).toMatchObject({ ok: true });
    await tab.upload(new Uint8Array(randomBytes(600_000)));
    await tab.emit('say', { kind: 'nonsense', text: 'Ümläut 🏥', list: [1, 2.5, null] });
    await tab.emit('blob-get', { hash: 'ab'.repeat(32), index: 0 });
    await tab.emit('blob-get', { hash: 'ab'.repeat(32), index: 0 });
    const counted = coordinator.traffic(study).north!;
    expect(messages).toBeGreaterThan(6);
    expect(counted.messagesUp - before.messagesUp).toBe(messages);
    expect(counted.contentUp - before.contentUp).toBe(bytes);
    tab.close();
  });
});
