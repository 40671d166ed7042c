/** The log in a real database: what is appended comes back in order, and whatever is altered afterwards is found. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CoordinatorKey, type EventLog, type Link, openCoordinatorKey, openEventLog, verifyLog } from '@consilium/coordinator/audit';
import { type Database, openDatabase } from '@consilium/coordinator/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataFolder } from '../../world/data-folder.ts';

let folder: string;
let database: Database;
let close: () => Promise<void>;
let key: CoordinatorKey;
let log: EventLog;
const roomy = { require: async () => undefined };

beforeAll(async () => {
  folder = await newDataFolder();
  ({ database, close } = await openDatabase(join(folder, 'database')));
  key = await openCoordinatorKey(join(folder, 'key.pem'));
  log = openEventLog(database, key, roomy, () => 1_700_000_000_000);
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

async function newStudy(id: string, events: number): Promise<string> {
  await database.insertInto('studies').values({ id, demo: false, position: 0 }).execute();
  for (let number = 0; number < events; number += 1) await log.append(id, { type: 'connected', site: 'a', load: `${number}` });
  return id;
}

async function read(study: string): Promise<Link[]> {
  const links: Link[] = [];
  for await (const link of log.links(study)) links.push(link);
  return links;
}

const check = (links: readonly Link[]) => verifyLog(links, key.publicKey);

describe('the event log', () => {
  it('keeps events in order, over more than one page of the database, and verifies', async () => {
    const links = await read(await newStudy('long', 1203));
    expect(links.map(({ event }) => JSON.parse(event).load)).toEqual(Array.from({ length: 1203 }, (_, number) => `${number}`));
    expect(await check(links)).toEqual({ ok: true, events: 1203, head: links.at(-1)?.hash });
  });

  it('has the hash and signature that its description says, computed another way', async () => {
    const [first] = await read(await newStudy('described', 1));
    const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const texts = ['consilium event 1', 'described', null, '2023-11-14T22:13:20.000Z', first?.event ?? '', '0'.repeat(64)];
    const bytes = Buffer.concat(texts.map((text) => part(text === null ? Buffer.alloc(8) : Buffer.from(text))));
    const hash = createHash('sha256').update(bytes).digest();
    expect(first?.hash).toBe(hash.toString('hex'));
    const publicKey = createPublicKey(readFileSync(join(folder, 'key.pem')));
    expect(verify(null, hash, publicKey, Buffer.from(first?.signature ?? '', 'base64'))).toBe(true);
  });

  it('goes on from its last link after it is opened again', async () => {
    const study = await newStudy('reopened', 2);
    await openEventLog(database, key, roomy, () => 0).append(study, { type: 'pause' });
    expect(await check(await read(study))).toMatchObject({ ok: true, events: 3 });
  });

  it('keeps nothing of an append that was refused for want of room', async () => {
    const study = await newStudy('full', 1);
    const full = openEventLog(database, key, { require: () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) }, () => 0);
    await expect(full.append(study, { type: 'pause' })).rejects.toMatchObject({ code: 'storage-full' });
    await log.append(study, { type: 'stop' });
    expect(await check(await read(study))).toMatchObject({ ok: true, events: 2 });
  });

  it.each([
    ['an altered event', (links: Link[]) => links.with(3, { ...links[3]!, event: '{"type":"stop"}' }), { sequence: 3, reason: 'altered' }],
    ['an altered time', (links: Link[]) => links.with(3, { ...links[3]!, recordedAt: '2020' }), { sequence: 3, reason: 'altered' }],
    ['a missing event', (links: Link[]) => links.toSpliced(2, 1), { sequence: 2, reason: 'missing' }],
    ['two events exchanged', (links: Link[]) => links.with(1, links[2]!).with(2, links[1]!), { sequence: 1, reason: 'missing' }],
    [
      'a signature of another event',
      (links: Link[]) => links.with(4, { ...links[4]!, signature: links[3]!.signature }),
      { sequence: 4, reason: 'unsigned' },
    ],
  ])('is found to be broken by %s', async (what, spoil, fault) => {
    const links = await read(await newStudy(what.replaceAll(' ', '-'), 6));
    expect(await check(spoil(links))).toEqual({ ok: false, ...fault });
  });

  it('is found to be broken by an event altered in the database itself', async () => {
    const study = await newStudy('tampered', 4);
    await database.updateTable('events').set({ event: '{"type":"stop"}' }).where('study', '=', study).where('sequence', '=', 1).execute();
    expect(await check(await read(study))).toEqual({ ok: false, sequence: 1, reason: 'altered' });
  });
});

describe('the coordinator’s key', () => {
  it('stays the same and is readable only by its owner', async () => {
    const again = await openCoordinatorKey(join(folder, 'key.pem'));
    expect(again.publicKey).toEqual(key.publicKey);
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
  });

  it('is refused, not replaced, when its file is something else', async () => {
    const path = join(folder, 'not-a-key.pem');
    (await import('node:fs')).writeFileSync(path, 'hello');
    await expect(openCoordinatorKey(path)).rejects.toMatchObject({ code: 'key-unusable' });
    expect(readFileSync(path, 'utf8')).toBe('hello');
  });
});
