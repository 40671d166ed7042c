/** The demo as a visitor meets it: four tabs of one browser, one click each, ten rounds, results with charts and tables. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const HOSPITALS = ['Harbour', 'Lakeside', 'Northfield', 'St Alban'];

describe('the demo in four tabs', () => {
  let server: ServerProcess;
  let browser: Browser;
  let client: ConsoleClient;
  const tabs: HospitalTab[] = [];

  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('trains from a click a tab to results in every tab', async () => {
    const { demo } = (await (await fetch(`${server.origin}/api/info`)).json()) as { demo: { study: string } };
    const context = await browser.newContext({ locale: 'en-GB' });
    for (const name of HOSPITALS) {
      const tab = await openTab({ browser, origin: server.origin, name, context });
      tabs.push(tab);
      await joinDemo(tab);
      await sayReady(tab);
    }
    await client.until(demo.study, (view) => view.sites.filter((site) => site.ready).length === 4);
    await client.act(demo.study, 'start');
    for (const tab of tabs) await sign(tab);
    const view = await client.until(demo.study, ({ phase }) => phase === 'finished', 150);
    for (const tab of tabs) await untilResults(tab);
    expect(view.timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released')).toHaveLength(10);
    for (const { survivors } of view.timeline) expect(survivors).toHaveLength(4);
    const federated = view.results?.models.federated;
    expect(federated?.aurocWithin).toBeGreaterThan(0.75);
    expect(view.results?.models.exact?.aurocWithin).toBeLessThan(federated?.aurocWithin ?? 0);
  });

  it('made no error, asked no other host, and shows a table behind each chart', async () => {
    for (const { page, errors, hosts } of tabs) {
      expect(errors).toEqual([]);
      expect([...hosts]).toEqual([new URL(server.origin).host]);
      expect(await page.locator('figure svg').count()).toBeGreaterThanOrEqual(2);
      expect(await page.locator('figure details table, details table').count()).toBeGreaterThanOrEqual(2);
    }
  });
});
