/**
 * A real tab under a coordinator that cheats over a real socket: one attack a round. The page shows the reason, no share leaves, the
 * coordinator stays up, and the study finishes when the cheating ends. And a plan whose texts are an attack.
 */
import { resolve } from 'node:path';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { explainRejection, type RejectionCode } from '@consilium/shared/protocol';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { ask, signIn, startTestCoordinator, type TestCoordinator } from '../coordinator/world/coordinator.ts';
import { DEMO, PLAN_TEXT } from '../coordinator/world/demo-study.ts';
import { type Hospital, openHospital } from '../coordinator/world/hospital.ts';
import { until } from '../coordinator/world/tab.ts';
import { type CheatingServer, startCheatingServer } from '../siege/cheating-server.ts';
import { enrol } from '../world/enrol-tab.ts';
import { joinDemo, openTab, sayReady, sign } from '../world/hospital-tab.ts';

const clientDir = resolve(import.meta.dirname, '../../client/dist');
const ZERO = '0'.repeat(64);
const ZERO_KEY = Buffer.alloc(32).toString('base64');

type Says<Kind extends CoordinatorMessage['kind']> = Extract<CoordinatorMessage, { kind: Kind }>;
interface Attack {
  readonly name: string;
  readonly code: RejectionCode;
  readonly lie: (message: CoordinatorMessage) => readonly CoordinatorMessage[];
}

const lie = <Kind extends CoordinatorMessage['kind']>(
  name: string,
  code: RejectionCode,
  kind: Kind,
  change: (message: Says<Kind>) => object,
): Attack => ({
  ...{ name, code },
  lie: (message) => (message.kind === kind ? [{ ...message, ...change(message as Says<Kind>) } as CoordinatorMessage] : [message]),
});

/** @param other - Roster index of a hospital that is not the tab's. */
const attacksOn = (other: number): readonly Attack[] => [
  lie('swapped key', 'bad-signature', 'adverts', ({ adverts }) => ({
    adverts: adverts.map((advert) =>
      advert.site === other ? { ...advert, maskKey: adverts.find(({ site }) => site !== other)!.maskKey } : advert,
    ),
  })),
  lie("stranger's share", 'bad-signature', 'envelopes', ({ envelopes }) => ({
    envelopes: envelopes.map((envelope) => ({ ...envelope, sealed: envelopes[0]!.sealed })),
  })),
  lie('overlapping lists', 'survivors-inconsistent', 'survivors', ({ survivors }) => ({ survivors: [...survivors, survivors[3]!] })),
  lie('two U3', 'survivors-inconsistent', 'agreement', ({ signatures }) => ({
    signatures: signatures.map(({ site }) => ({ site, signature: signatures[0]!.signature })),
  })),
  lie('wrong sum', 'bad-reconstruction', 'released', ({ selfSeeds }) => ({
    selfSeeds: selfSeeds.map((seed) => ({ ...seed, seed: ZERO_KEY })),
  })),
];

describe('a tab under a coordinator that cheats', () => {
  let browser: Browser;
  let coordinator: TestCoordinator;
  let server: CheatingServer | null = null;
  let hospitals: Hospital[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const hospital of hospitals) hospital.close();
    hospitals = [];
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server?.close();
    await coordinator.end();
  });
  afterAll(async () => {
    await browser?.close();
  });

  // Up to two minutes, since rounds that a lie has stopped wait for their limits: CONSILIUM_SIEGE=1 runs it.
  it.runIf(process.env.CONSILIUM_SIEGE === '1')(
    'names the reason on its page, gives no share, and takes part again when the cheating ends',
    async () => {
      coordinator = await startTestCoordinator({ clientDir, demo: DEMO });
      const proxy = await startCheatingServer(coordinator.origin);
      server = proxy;
      const owner = await signIn(coordinator.origin);
      const tab = await openTab({ browser, origin: proxy.origin, name: 'North Hospital', backend: 'plain' });
      await joinDemo(tab);
      hospitals = await Promise.all(DEMO.sites.filter(({ id }) => id !== 'north').map(({ id }) => openHospital(coordinator.origin, id)));
      const { study } = hospitals[0]!;
      const view = async () => (await owner.ask('GET', `/studies/${study}`)).body;
      await sayReady(tab);
      for (const { site } of hospitals) await site.ready();
      await until('four ready', async () => (await view()).sites.filter(({ ready }: { ready: boolean }) => ready).length === 4, 30_000);

      // One round is let through at a time; the rest waits, so that the page stays as the attack left it.
      const held: CoordinatorMessage[] = [];
      let attack: Attack | null = null;
      let permits = 1;
      let opened = 0;
      let isFree = false;
      const roster: Says<'roster'>[] = [];
      proxy.lie = (message) => {
        if (message.kind === 'roster') roster.push(message);
        if (message.kind === 'open-round' && !isFree) {
          if (permits === 0) return [held.push(message)].flatMap(() => []);
          permits -= 1;
          opened = message.round;
        }
        return attack?.lie(message) ?? [message];
      };
      const goOn = async (): Promise<void> => {
        if ((await view()).phase === 'paused') await owner.ask('POST', `/studies/${study}/resume`);
        const last = held.pop();
        held.length = 0;
        if (last?.kind === 'open-round' && (await view()).round?.number === last.round) {
          opened = last.round;
          proxy.say(last);
        } else permits += 1;
      };

      expect((await owner.ask('POST', `/studies/${study}/start`)).status).toBe(200);
      await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')));
      await sign(tab);
      for (const hospital of hospitals) await hospital.approve();
      await until('the statistics', async () => (await view()).progress.done === 1, 30_000);

      const other = roster[0]!.roster.sites.find(({ id }) => id !== 'north')!.index;
      for (const next of attacksOn(other)) {
        attack = next;
        const before = proxy.said.length;
        await goOn();
        await until(
          `a refusal of ${next.name}`,
          () => proxy.said.slice(before).some((message) => message.kind === 'refuse' && message.code === next.code),
          30_000,
          () => proxy.said.slice(before).map((message) => ('code' in message ? message.code : message.kind)),
        );
        await tab.page.getByText(explainRejection(next.code)).first().waitFor({ timeout: 10_000 });
        const inRound = proxy.said.filter((message) => 'round' in message && message.round === opened).map(({ kind }) => kind);
        expect([next.name, inRound.includes('unmask')]).toEqual([next.name, next.name === 'wrong sum']);
        expect((await ask(coordinator.origin, 'GET', '/api/info')).status).toBe(200);
      }

      // An older round, another list of hospitals, another plan, another model: nothing is said but refusals.
      attack = null;
      const before = proxy.said.length;
      const expectShown = async (code: RejectionCode, message: CoordinatorMessage) => {
        proxy.say(message);
        await tab.page.getByText(explainRejection(code)).first().waitFor({ timeout: 10_000 });
      };
      const limits = { joinSeconds: 1, trainSeconds: 1, answerSeconds: 1 };
      const old = held.at(-1) ?? null;
      if (old?.kind !== 'open-round') throw new Error('expected the next round to wait');
      await expectShown('roster-forked', { ...roster[0]!, roster: { ...roster[0]!.roster, policy: { minimum: 2 } } });
      await expectShown('wrong-plan', {
        protocol: 1,
        study,
        kind: 'welcome',
        plan: {},
        planHash: ZERO,
        site: 'north',
        name: 'north',
        phase: 'running',
      });
      await expectShown('stale-round', { ...old, round: 1, modelHash: ZERO, limits });
      proxy.say({ ...old, modelHash: ZERO });
      await until('a wish for the model', () => proxy.said.slice(before).some(({ kind }) => kind === 'need-model'));
      await expectShown('model-not-derived', { protocol: 1, study, kind: 'catch-up', round: old.round, state: ZERO, adverts: [] });
      expect(new Set(proxy.said.slice(before).map(({ kind }) => kind))).toEqual(new Set(['refuse', 'need-model']));

      // The cheating ends.
      isFree = true;
      await goOn();
      await until(
        'the end of the study',
        async () => {
          const now = await view();
          if (now.phase === 'paused') await owner.ask('POST', `/studies/${study}/resume`);
          return now.phase === 'finished';
        },
        60_000,
        view,
      );
      const last = (await view()).timeline.at(-1);
      expect(last.survivors).toContain('north');
      expect(await coordinator.verifyLog(study)).toMatchObject({ ok: true });
    },
  );

  it('shows the texts of a hostile plan as text', async () => {
    server = null;
    coordinator = await startTestCoordinator({ clientDir });
    const owner = await signIn(coordinator.origin);
    const markup = '<img src=x onerror="window.struck=1"><script>window.struck=1</script>';
    const long = 'W'.repeat(5000);
    const planWith = (title: string): string =>
      PLAN_TEXT.replace('title: A small study', `title: ${JSON.stringify(title)}`).replace(
        'purpose: Show that',
        `purpose: ${JSON.stringify(markup).slice(1, -1).replaceAll('\\"', "'")} Show that`,
      );
    expect((await owner.ask('POST', '/studies', { text: planWith(long), fileName: 'plan.yaml' })).status).toBe(422);
    const made = await owner.ask('POST', '/studies', { text: planWith(markup.slice(0, 60)), fileName: `${'../'.repeat(50)}<b>.yaml` });
    expect(made.status).toBe(201);
    const { study } = made.body;
    const invited = (await owner.ask('POST', `/studies/${study}/invitations`, { name: '<b>North</b>' })).body;
    const tab = await openTab({ browser, origin: coordinator.origin, name: 'North', backend: 'plain' }, new URL(invited.link).hash);
    await enrol(tab, invited.secret);
    await tab.page.getByText(markup.slice(0, 60)).first().waitFor();
    const found = await tab.page.evaluate(() => ({
      struck: 'struck' in window,
      images: document.querySelectorAll('img[src="x"]').length,
      bold: [...document.querySelectorAll('b')].map((b) => b.textContent),
    }));
    expect(found).toEqual({ struck: false, images: 0, bold: [] });
    expect(tab.errors).toEqual([]);
  });
});
