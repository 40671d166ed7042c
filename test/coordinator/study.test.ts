/** A whole study over a real server, a real database and real sockets: four hospitals, from the first tab to the result. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelIdentity } from '@consilium/shared/registry';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { newDataFolder } from '../world/data-folder.ts';
import { ask, consoleOf, logged, signIn, startTestCoordinator, type TestCoordinator } from './world/coordinator.ts';
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

/** Opens the four hospitals, closes the list, and lets every hospital sign. */
async function begin() {
  const { ask } = await signIn(coordinator.origin);
  hospitals = await Promise.all(DEMO.sites.map(({ id }) => openHospital(coordinator.origin, id)));
  const { study } = hospitals[0]!;
  const view = async () => (await ask('GET', `/studies/${study}`)).body;
  await until(
    'four connected',
    async () => (await view()).sites.filter((site: { connected: boolean }) => site.connected).length === 4,
    60_000,
  );
  for (const { site } of hospitals) await site.ready();
  expect((await ask('POST', `/studies/${study}/start`)).status).toBe(200);
  await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')));
  for (const hospital of hospitals) await hospital.approve();
  return { study, view, ask };
}

/** Promotes and retires the finished study's model, as people do; what is refused leaves everything as it was. */
async function decideOnModels(study: string) {
  const owner = await signIn(coordinator.origin);
  const look = async () => (await owner.ask('GET', `/studies/${study}/models`)).body;
  const decide = (body: object) => owner.ask('POST', `/studies/${study}/models`, body);
  const first = await look();
  expect(first).toMatchObject({
    promoted: null,
    looks: 1,
    models: [{ label: 'federated', kind: 'exact', status: 'candidate', refused: null }],
  });
  const { model } = first.models[0];
  // The hospitals derive the same name for it by themselves.
  expect(new Set(hospitals.map(({ site }) => modelIdentity(site.state().programme!, 'federated')))).toEqual(new Set([model]));
  for (const [body, status, code] of [
    [{ type: 'promote', model, why: ' \n ' }, 409, 'no-reason'],
    [{ type: 'promote', model: 'f'.repeat(64), why: 'agreed' }, 409, 'unknown-model'],
    [{ type: 'promote', model, why: 'agreed', by: 'Somebody Else' }, 400, 'malformed'],
    [{ type: 'rollback', why: 'agreed' }, 409, 'nothing-to-roll-back-to'],
    [{ type: 'register', model, why: 'agreed' }, 400, 'malformed'],
  ] as const) {
    const answer = await decide(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  }
  expect(await look()).toEqual(first);
  // Somebody who may only look.
  const { code } = (await owner.ask('POST', '/people', { role: 'viewer' })).body;
  const viewer = consoleOf(
    coordinator.origin,
    await ask(
      coordinator.origin,
      'POST',
      '/api/console/set-up',
      { code, name: 'Viewer', password: 'five words of a test' },
      { 'x-consilium': '1' },
    ),
  );
  expect((await viewer.ask('POST', `/studies/${study}/models`, { type: 'promote', model, why: 'agreed' })).body.code).toBe('not-allowed');
  expect((await viewer.ask('GET', `/studies/${study}/models`)).body).toEqual(first);
  expect((await ask(coordinator.origin, 'GET', `/api/console/studies/${study}/models`)).status).toBe(401);

  expect((await decide({ type: 'promote', model, why: 'agreed by the board' })).body.promoted).toBe(model);
  expect((await decide({ type: 'promote', model, why: 'again' })).body.code).toBe('already-promoted');
  const site = (await ask(coordinator.origin, 'GET', `/api/studies/${study}/models`)).body;
  expect(site).toEqual({ models: [{ model, status: 'promoted', why: 'agreed by the board', at: expect.any(Number) }] });
  expect(JSON.stringify(site)).not.toContain('Owner');
  expect((await decide({ type: 'retire', model, why: 'drifts' })).body).toMatchObject({ promoted: null, models: [{ status: 'retired' }] });
  const log = (await owner.ask('GET', '/people')).body.log.map(({ action, who, subject }: Record<string, string>) => [
    action,
    who,
    subject,
  ]);
  expect(log.slice(0, 2)).toEqual([
    ['model-retired', 'Owner', `${study} ${model.slice(0, 12)}: drifts`],
    ['model-promoted', 'Owner', `${study} ${model.slice(0, 12)}: agreed by the board`],
  ]);
  const chain = (await owner.ask('GET', `/studies/${study}/models/log`)).body.trim().split('\n').slice(1);
  expect(chain.map((line: string) => JSON.parse(JSON.parse(line).event).type)).toEqual(['promote', 'retire']);

  const zip = await fetch(`${coordinator.origin}/api/console/studies/${study}/models/${model}/files`, {
    headers: { cookie: owner.cookie },
  });
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  expect(JSON.parse(strFromU8(files['model.json']!))).toMatchObject({ id: model, study: 'small-demo' });
  expect(strFromU8(files['MODEL-CARD.md']!)).toContain('Looks at the test part for this plan version: 1.');
  return { models: await look(), site: (await ask(coordinator.origin, 'GET', `/api/studies/${study}/models`)).body };
}

const isFinished = async (view: () => Promise<{ phase: string }>) => (await view()).phase === 'finished';

describe('a study', () => {
  it('runs from joining to results, its log verifies, and after a restart everything is as it was', async () => {
    const dataDir = await newDataFolder();
    coordinator = await startTestCoordinator({ dataDir });
    const { study, view } = await begin();
    await until('the result', () => isFinished(view), 60_000);
    await until('results at the sites', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'results')));
    const final = await view();
    expect(final.results.coefficients.map(({ name }: { name: string }) => name).slice(-3)).toEqual(['age', 'pressure', 'smoker']);
    // Every hospital derived the same model by itself.
    expect(new Set(hospitals.map(({ site }) => JSON.stringify(site.results()?.pooled))).size).toBe(1);
    expect(await coordinator.verifyLog(study)).toMatchObject({ ok: true });
    for (const { id, uploadedBytes } of hospitals) expect(coordinator.traffic(study)[id]?.blobsUp).toBe(uploadedBytes());
    const { models: kept, site } = await decideOnModels(study);
    for (const hospital of hospitals) hospital.close();
    await until('all gone', async () => (await view()).sites.every(({ connected }: { connected: boolean }) => !connected));
    const before = await view();
    await coordinator.close();
    coordinator = await startTestCoordinator({ dataDir });
    const { ask: askAgain } = await signIn(coordinator.origin);
    expect((await askAgain('GET', `/studies/${study}`)).body).toEqual(before);
    expect((await askAgain('GET', `/studies/${study}/models`)).body).toEqual(kept);
    expect((await ask(coordinator.origin, 'GET', `/api/studies/${study}/models`)).body).toEqual(site);
    expect(await coordinator.verifyConsoleLog()).toMatchObject({ ok: true });

    // Someone removes the study's blobs: it stays closed, by name, and the coordinator serves the others.
    await coordinator.close();
    rmSync(join(dataDir, 'blobs', study), { recursive: true, force: true });
    coordinator = await startTestCoordinator({ dataDir });
    const { ask: askLast } = await signIn(coordinator.origin);
    const ids = (await askLast('GET', '/studies')).body.map((item: { study: string }) => item.study);
    expect(ids).not.toContain(study);
    expect(ids).toHaveLength(1);
    expect(logged.some((line) => line.includes(study) && line.includes('cannot be replayed'))).toBe(true);
  }, 120_000);

  it('leaves no row of a hospital in anything the coordinator kept or logged', async () => {
    coordinator = await startTestCoordinator({ demo: { ...DEMO, sites: DEMO.sites.map((site) => ({ ...site, csv: '' })) } });
    const { view } = await begin();
    await until('the result', () => isFinished(view), 60_000);
    // Three neighbouring cells as text; the encoded forms are looked for by the privacy tests.
    const rows = DEMO.sites.flatMap(({ csv }) =>
      csv
        .split('\n')
        .slice(1, 20)
        .map((row) => row.split(',').slice(0, 3).join(',')),
    );
    const kept = await everythingUnder(coordinator.dataDir);
    expect(kept.length).toBeGreaterThan(1_000_000);
    for (const row of rows.filter((text) => text.length > 6)) {
      expect(kept.includes(row)).toBe(false);
      expect(logged.join('\n').includes(row)).toBe(false);
    }
  }, 120_000);
});

const small = mkdtempSync(join(tmpdir(), 'consilium-small-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', small]).status === 0;
if (!isMounted) console.log('skipped: mounting a small file system needs root');

describe.skipIf(!isMounted)('a study whose coordinator runs out of disk', () => {
  afterAll(() => {
    spawnSync('umount', ['-l', small]);
    rmSync(small, { recursive: true, force: true });
  });

  it('is paused with a reason, loses nothing, and goes on when there is room and a person resumes it', async () => {
    const dataDir = join(small, 'data');
    mkdirSync(dataDir);
    coordinator = await startTestCoordinator({ dataDir, reserveBytes: 16 * 1_048_576 });
    const { study, view, ask: askConsole } = await begin();
    await until('the first release', () => hospitals[0]!.progress.some(({ type }) => type === 'released'), 30_000);
    const filling = join(small, 'filling');
    spawnSync('dd', ['if=/dev/zero', `of=${filling}`, 'bs=1M', 'count=200']);
    await until('the pause', async () => (await view()).phase === 'paused');
    expect((await view()).reason).toMatch(/storage|disk/i);
    expect((await ask(coordinator.origin, 'GET', '/api/info')).status).toBe(200);
    expect((await askConsole('POST', `/studies/${study}/resume`)).body.code).toBe('storage-full');
    rmSync(filling);
    writeFileSync(join(small, 'room'), '');
    expect((await askConsole('POST', `/studies/${study}/resume`)).status).toBe(200);
    await until('the result', () => isFinished(view), 90_000);
    const rounds = hospitals[0]!.progress.flatMap((step) => (step.type === 'released' ? [step.round] : []));
    expect(rounds).toEqual([...new Set(rounds)]);
    expect(await coordinator.verifyLog(study)).toMatchObject({ ok: true });
  }, 150_000);
});

async function everythingUnder(folder: string): Promise<Buffer> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return Buffer.concat(
    await Promise.all(names.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name)))),
  );
}
