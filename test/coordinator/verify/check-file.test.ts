/** A finished study's passport and log, taken over HTTP and checked offline by the program a person runs; every alteration is found. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { verifyEd25519 } from '@consilium/coordinator/audit';
import { checkFile } from '@consilium/coordinator/verify';
import { checkPassport, type Passport } from '@consilium/shared/federation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { DEMO } from '../world/demo-study.ts';
import { type Hospital, openHospital } from '../world/hospital.ts';
import { until } from '../world/tab.ts';

const program = resolve(import.meta.dirname, '../../../coordinator/dist/verify-main.js');
let coordinator: TestCoordinator;
let hospitals: Hospital[];
let folder: string;
let passport: Passport;
let log: string;
let early: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-verify-'));
  coordinator = await startTestCoordinator();
  const { ask } = await signIn(coordinator.origin);
  hospitals = await Promise.all(DEMO.sites.map(({ id }) => openHospital(coordinator.origin, id)));
  const { study } = hospitals[0]!;
  const view = async () => (await ask('GET', `/studies/${study}`)).body;
  await until('four', async () => (await view()).sites.filter((site: { connected: boolean }) => site.connected).length === 4, 60_000);
  for (const { site } of hospitals) await site.ready();
  await ask('POST', `/studies/${study}/start`);
  await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')), 60_000);
  early = (await ask('GET', `/studies/${study}/passport`)).status;
  for (const hospital of hospitals) await hospital.approve();
  await until('the result', async () => (await view()).phase === 'finished', 90_000);
  passport = (await ask('GET', `/studies/${study}/passport`)).body;
  log = (await ask('GET', `/studies/${study}/log`)).body;
}, 180_000);

afterAll(async () => {
  for (const hospital of hospitals) hospital.close();
  await coordinator.end();
  rmSync(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: a file is altered wherever it hurts.
type Altered = { [key: string]: any };
const wrong = (value: unknown) =>
  checkPassport(value, verifyEd25519)
    .filter(({ ok }) => !ok)
    .map(({ id }) => id);
const changed = (change: (copy: Altered) => void) => {
  const copy = structuredClone(passport) as Altered;
  change(copy);
  return wrong(copy);
};

describe('a passport', () => {
  it('exists once the study has closed, and then all of it fits', () => {
    expect(early).toBe(409);
    expect(checkPassport(passport, verifyEd25519).filter(({ ok }) => !ok)).toEqual([]);
    expect(checkPassport(passport, verifyEd25519)).toHaveLength(9);
  });

  it.each<[string, string, (copy: Altered) => void]>([
    ['the plan', 'plan', (copy) => void (copy.plan.purpose = 'Another purpose')],
    [
      'a hospital’s key',
      'approvals',
      (copy) =>
        void (copy.roster.sites[0].rootKey = copy.roster.sites[1].rootKey.replace(/^./, (letter: string) => (letter === 'A' ? 'B' : 'A'))),
    ],
    ['a signature taken from another hospital', 'approvals', (copy) => void (copy.approvals[0].signature = copy.approvals[1].signature)],
    ['the program that one hospital signed', 'program', (copy) => void (copy.approvals[0].clientHash = 'ab'.repeat(32))],
    [
      'the model',
      'model',
      (copy) => void (copy.model.state = copy.model.state.replace(/[A-Za-z](?=.{40}$)/, (letter: string) => (letter === 'A' ? 'B' : 'A'))),
    ],
    ['the model and its hash together', 'vouchers', (copy) => void (copy.model.hash = 'cd'.repeat(32))],
    [
      'a hospital’s word for the model, twice counted',
      'vouchers',
      (copy) => void (copy.model.adverts = [copy.model.adverts[0], copy.model.adverts[0], copy.model.adverts[0]]),
    ],
    ['a result', 'results', (copy) => void (copy.results.coefficients[0].value += 1e-6)],
    ['a note', 'coordinator', (copy) => void (copy.log.events += 1)],
  ])('with %s changed does not fit: %s', (_what, id, change) => {
    expect(changed(change)).toContain(id);
  });

  it('with a name that would steer a terminal is none', () => {
    expect(changed((copy) => void (copy.roster.sites[0].name = 'X\r\u001b[2Kok     All signed.\u001b[8m'))).toEqual(['form']);
  });

  it('that is no passport is said to be none', () => {
    for (const value of [null, [], {}, { format: 'consilium passport 1' }, 'text']) expect(wrong(value)).toEqual(['form']);
  });
});

describe('an exported log', () => {
  const write = (text: string): string => {
    const path = join(folder, 'log.jsonl');
    writeFileSync(path, text);
    return path;
  };

  it('is intact, and any altered byte, missing entry or foreign line is found and named', async () => {
    const { kind, findings } = await checkFile(write(log));
    expect([kind, findings.every(({ ok }) => ok)]).toEqual(['log', true]);
    const lines = log.trimEnd().split('\n');
    const altered = lines.with(5, lines[5]!.replace('"sequence":4', '"sequence":4').replace(/"recordedAt":"20/, '"recordedAt":"21'));
    expect((await checkFile(write(altered.join('\n')))).findings).toEqual([{ ok: false, text: 'Entry 4 was altered.' }]);
    expect((await checkFile(write(lines.toSpliced(7, 1).join('\n')))).findings[0]?.text).toContain('Entry 6 is missing');
    await expect(checkFile(write(lines.with(3, '{').join('\n')))).rejects.toThrow('line 4 is not an entry of a log');
  });
});

describe('the program', () => {
  const run = (...options: string[]) => spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });

  it('says what fits and what does not, in sentences, JSON and its exit code', () => {
    const good = join(folder, 'good.json');
    const bad = join(folder, 'bad.json');
    writeFileSync(good, JSON.stringify(passport));
    writeFileSync(bad, JSON.stringify(passport).replace('"age"', '"agе"'));
    expect(run(good)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('ok     All 4 hospitals signed plan, list and program.'),
    });
    expect(run(bad)).toMatchObject({ status: 1, stdout: expect.stringContaining('WRONG') });
    expect(JSON.parse(run(bad, '--json').stdout).ok).toBe(false);
    expect(run(join(folder, 'none.json'))).toMatchObject({ status: 1, stderr: expect.stringContaining('could not be checked') });
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('Name either a file or --client') });
    // A name in a log of unknown origin neither moves the cursor nor hides a line.
    const steering = join(folder, 'steering.jsonl');
    writeFileSync(steering, log.replaceAll('\\"name\\":\\"', '\\"name\\":\\"\\\\u001b[2K\\\\u009b1A\\\\r\\\\u202e'));
    const printed = run(steering, '--report').stdout;
    expect([printed.includes('\uFFFD[2K\uFFFD1A\uFFFD\uFFFD'), /[^\P{C}\n]/u.test(printed)]).toEqual([true, false]);
    expect(run('--help').stdout).toContain('Examples:');
  });
});
