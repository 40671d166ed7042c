/** A whole study over a real server, a real database and real sockets: four hospitals, from the first tab to the result. */
import { afterEach, describe, expect, it } from 'vitest';
import { logged, signIn, startTestCoordinator, type TestCoordinator } from './world/coordinator.ts';
import { DEMO } from './world/demo-study.ts';
import { type Hospital, openHospital } from './world/hospital.ts';
import { until } from './world/tab.ts';

let coordinator: TestCoordinator;
let hospitals: Hospital[] = [];

afterEach(async () => {
  for (const hospital of hospitals) hospital.close();
  hospitals = [];
  await coordinator.end();
});

describe('a study', () => {
  it('runs from joining to results, and its log verifies', async () => {
    coordinator = await startTestCoordinator();
    const { ask } = await signIn(coordinator.origin);
    hospitals = await Promise.all(DEMO.sites.map(({ id }) => openHospital(coordinator.origin, id)));
    const { study } = hospitals[0]!;
    const view = async () => (await ask('GET', `/studies/${study}`)).body;
    await until('four connected', async () => (await view()).sites.filter((site: { connected: boolean }) => site.connected).length === 4);
    for (const { site } of hospitals) await site.ready();
    expect((await ask('POST', `/studies/${study}/start`)).status).toBe(200);
    await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')));
    for (const { site } of hospitals) await site.approve();
    await until('the result', async () => (await view()).phase === 'finished', 60_000);
    const final = await view();
    expect(final.results.coefficients.length).toBe(4);
    await until('results at the sites', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'results')));
    expect(await coordinator.verifyLog(study)).toMatchObject({ ok: true });
    console.log(final.timeline.length, coordinator.traffic(study), logged);
  }, 120_000);
});
