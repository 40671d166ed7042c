/** The bytes of an update, counted at the socket of a real tab. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { createRoundKinds } from '../world/frames.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

describe('what leaves a tab', () => {
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('takes at most 0.76 of float32 up for a network of a quarter of a million weights', async () => {
    const hidden = [512, 480];
    const kinds = createRoundKinds();
    const sizes = new Map<string, number>();
    let asking: string | null = null;
    const { study, tabs } = await startStudyInTabs({
      ...{ server, client, browser, hospitals: DEMO_HOSPITALS, planPath: DEMO_PLAN, splitCsv: null },
      edit: (text) =>
        withRoundsAlone(1)(text)
          .replace(/hidden: \[[^\]]*\]/, `hidden: [${hidden}]`)
          .replace(/learningRate: 0.05/, 'learningRate: 0.001'),
      onFrame: (_tab, direction, frame) => {
        const message = kinds.read(frame);
        if (direction === 'down' && message?.kind === 'open-round') asking = message.asks;
        return true;
      },
      onBytes: (tab, direction, { length: sizeBytes }) => {
        if (direction === 'up' && asking === 'update') sizes.set(tab.name, (sizes.get(tab.name) ?? 0) + sizeBytes);
      },
    });
    await client.until(study, ({ timeline }) => timeline.some(({ kind, outcome }) => kind === 'update' && outcome === 'released'), 200);
    const weights = 10 * hidden[0]! + hidden[0]! + hidden[0]! * hidden[1]! + hidden[1]! + hidden[1]! + 1;
    expect(weights).toBeGreaterThan(250_000);
    expect(sizes.size).toBe(tabs.size);
    for (const [name, size] of sizes) {
      console.log(`${name}: ${size} bytes up for ${weights} weights, ${(size / (4 * weights)).toFixed(4)} of float32`);
      expect(size / (4 * weights)).toBeLessThanOrEqual(0.76);
      expect(size / (4 * weights)).toBeGreaterThan(0.74);
    }
  });
});
