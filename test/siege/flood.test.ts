/** Too much of everything at a real coordinator: it refuses by name, keeps what it has, and serves those that are there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, startTestCoordinator, type TestCoordinator } from '../coordinator/world/coordinator.ts';
import { joinDemo, newIdentity, openTab } from '../coordinator/world/tab.ts';

let coordinator: TestCoordinator;

beforeAll(async () => {
  coordinator = await startTestCoordinator();
});
afterAll(() => coordinator.end());

describe('a flood', () => {
  it('of connections is refused after three hundred a minute, and those that are there go on', async () => {
    const { origin } = coordinator;
    const identity = newIdentity();
    const { study } = await joinDemo(origin, 'north', identity);
    const tab = await openTab(origin, { study, site: 'north', identity });
    expect(await tab.hello()).toEqual({ ok: true });
    const statuses: number[] = [];
    for (let batch = 0; batch < 8; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 40 }, () => fetch(`${origin}/socket.io/?EIO=4&transport=polling`)));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(299);
    expect(statuses.at(-1)).toBe(403);
    expect(await tab.emit('blob-get', { hash: '0'.repeat(64), index: 0 })).toMatchObject({ code: 'blob-missing' });
    expect((await ask(origin, 'GET', '/api/info')).status).toBe(200);
    tab.close();
  });
});
