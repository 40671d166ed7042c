/**
 * Faults at exact points of a round, with real tabs and a real coordinator process. What must hold: a round closes with the right sites
 * or aborts cleanly, an exact fit waits and reaches the same coefficients, and a killed coordinator goes on with the same round.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StudyView } from '@consilium/shared/federation';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { federate, readStudyInput } from '@consilium/simulations';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { asExactFit, DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { createRoundKinds } from '../world/frames.ts';
import { type HospitalTab, openTab, untilResults } from '../world/hospital-tab.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

type Fault = (tab: HospitalTab, message: { kind: string; round: number; asks: string | null }) => Promise<boolean>;

describe('faults in real tabs', () => {
  let server: ServerProcess;
  let browser: Browser;
  let client: ConsoleClient;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    server = await startServer();
    client = await signIn(server);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server.dispose();
  });

  /** A study in four tabs; `fault` sees every message that a tab is about to send, and loses it by answering false. */
  async function begin(edit: (text: string) => string, fault: Fault) {
    const kinds = createRoundKinds();
    return startStudyInTabs({
      ...{ server, client, browser, edit, planPath: DEMO_PLAN, hospitals: DEMO_HOSPITALS, splitCsv: null, backend: 'plain' },
      onFrame: async (tab, direction, frame) => {
        const message = kinds.read(frame);
        return message === null || direction === 'down' || fault(tab, message);
      },
    });
  }

  const released = (view: StudyView, round: number) => view.timeline.find((item) => item.round === round && item.outcome === 'released');
  const updates = (view: StudyView) => view.timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released');

  // A reload in the middle of a round: test/e2e/first-hour.test.ts.
  it('closes update rounds with the right sites when a tab is killed, and pauses when two are gone', async () => {
    const wishes = new Map<string, { kind: string; act: (tab: HospitalTab) => Promise<unknown> }>();
    const struck: number[] = [];
    const strike: Fault = async (tab, { kind, round, asks }) => {
      const wish = wishes.get(tab.name);
      if (wish === undefined || asks !== 'update' || kind !== wish.kind) return true;
      wishes.delete(tab.name);
      struck.push(round);
      void wish.act(tab);
      return false;
    };
    const close = (tab: HospitalTab) => tab.page.close();

    wishes.set('lakeside', { kind: 'consistency', act: close });
    const { study, reopen } = await begin(withRoundsAlone(8), strike);
    const present = (view: StudyView) => view.sites.filter((site) => site.ready).length === 4;

    // Killed after the masked vector: counted.
    await client.until(study, () => struck.length === 1);
    await client.act(study, 'pause');
    await reopen('lakeside');
    await client.until(study, present);
    wishes.set('harbour', { kind: 'masked-vector', act: close });
    wishes.set('lakeside', { kind: 'masked-vector', act: close });
    await client.act(study, 'resume');

    // Two killed: the round aborts, the study pauses and says for what it waits.
    const paused = await client.until(study, (view) => struck.length === 3 && view.phase === 'paused');
    expect(paused.reason).toBe('waiting-for-hospitals');
    expect(paused.timeline.at(-1)).toMatchObject({ round: struck[1], outcome: 'aborted', survivors: [] });
    await reopen('harbour');
    await reopen('lakeside');
    const view = await client.until(study, ({ phase }) => phase === 'finished', 200);

    expect(released(view, struck[0] ?? 0)?.survivors).toEqual(['harbour', 'lakeside', 'northfield', 'st-alban']);
    expect(updates(view)).toHaveLength(8);
    expect(updates(view).at(-1)?.survivors).toHaveLength(4);
  });

  it('pauses an exact fit while a hospital is away, and reaches the coefficients of the fit that nobody leaves; one tab speaks for a hospital', async () => {
    let isStruck = false;
    const strike: Fault = async (tab, { kind, asks }) => {
      if (isStruck || tab.name !== 'st-alban' || asks !== 'newton' || kind !== 'masked-vector') return true;
      isStruck = true;
      void tab.page.close();
      return false;
    };
    const parsed = parsePlan(asExactFit(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
    if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
    const input = await readStudyInput(parsed.plan, dirname(DEMO_PLAN), null);
    const expected = (await federate({ plan: parsed.plan, ...input, backend: 'plain' })).view.results?.coefficients ?? [];
    expect(expected.length).toBeGreaterThan(5);
    const { study, tabs, reopen } = await begin(asExactFit, strike);
    const paused = await client.until(study, ({ phase }) => phase === 'paused');
    expect(paused.reason).toBe('waiting-for-hospitals');
    const [, first] = [...tabs.values()];
    if (first === undefined) throw new Error('no tab');
    const second = await openTab({ browser, origin: server.origin, name: first.name, context: first.context });
    await second.page.getByRole('button', { name: `Go on as ${first.name}` }).click();
    await second.page.getByRole('heading', { name: 'This hospital is open in another tab' }).waitFor();
    await reopen('st-alban');
    const view = await client.until(study, ({ phase }) => phase === 'finished');
    for (const { kind, outcome, survivors } of view.timeline) {
      if (kind === 'newton' && outcome === 'released') expect(survivors).toHaveLength(4);
    }
    const reached = view.results?.coefficients ?? [];
    expect(reached.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    for (const [i, { value }] of reached.entries()) expect(Math.abs(value - (expected[i]?.value ?? Number.NaN))).toBeLessThan(1e-8);
  });

  // Every phase, with sites in one process: test/coordinator/main.test.ts.
  it('goes on with the same round when the coordinator is killed in phases of three, and counts nothing twice', async () => {
    const due = ['advertise-keys', 'masked-vector', 'unmask'];
    const struck: number[] = [];
    let restarting = false;
    const strike: Fault = async (tab, { kind, round, asks }) => {
      if (restarting || tab.name !== 'northfield' || asks !== 'update' || kind !== due[0] || struck.includes(round)) return true;
      restarting = true;
      due.shift();
      struck.push(round);
      await server.kill();
      void server.start().then(() => {
        restarting = false;
      });
      return false;
    };
    const { study, tabs } = await begin(withRoundsAlone(4), strike);
    const view = await client.until(study, ({ phase }) => phase === 'finished', 200);
    for (const tab of tabs.values()) await untilResults(tab);
    expect(due).toEqual([]);
    for (const round of struck) expect(released(view, round)?.survivors).toHaveLength(4);
    const rounds = view.timeline.map(({ round }) => round);
    expect(rounds).toEqual([...new Set(rounds)].sort((a, b) => a - b));
    expect(view.timeline.every(({ outcome }) => outcome === 'released')).toBe(true);
    expect(updates(view)).toHaveLength(4);
  });
});
