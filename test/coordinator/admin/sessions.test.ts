/** Sessions against a clock that the test turns: half an hour unused, twelve hours at most. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openConsolePeople } from '@consilium/coordinator/admin';
import { openCoordinatorKey } from '@consilium/coordinator/audit';
import { openDatabase } from '@consilium/coordinator/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataFolder } from '../../world/data-folder.ts';

const MINUTE = 60_000;
let folder: string;
let close: () => Promise<void>;
let people: ReturnType<typeof openConsolePeople>;
let nowMs = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  folder = await newDataFolder();
  const opened = await openDatabase(join(folder, 'database'));
  ({ close } = opened);
  const key = await openCoordinatorKey(join(folder, 'key.pem'));
  const space = { require: async () => undefined };
  people = openConsolePeople({ database: opened.database, key, space, now: () => nowMs, ownerCode: 'AAAAA-BBBBB' });
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a session', () => {
  it('ends after half an hour unused and after twelve hours in any case; looking does not prolong it', async () => {
    const made = await people.accounts.open('aaaaabbbbb', 'Ada', 'four words of a test');
    if (!made.ok) throw new Error(made.code);
    const isIn = async (token: string, isUse?: boolean) => (await people.sessions.account(token, isUse)) !== null;
    const idle = await people.sessions.begin(made.account);
    nowMs += 20 * MINUTE;
    expect(await isIn(idle, false)).toBe(true);
    nowMs += 11 * MINUTE;
    expect(await isIn(idle)).toBe(false);

    const used = await people.sessions.begin(made.account);
    for (let minute = 0; minute < 12 * 60 - 20; minute += 20) {
      nowMs += 20 * MINUTE;
      expect(await isIn(used)).toBe(true);
    }
    nowMs += 21 * MINUTE;
    expect(await isIn(used)).toBe(false);
    expect(await people.sessions.account('not-a-token')).toBe(null);
    expect(await people.sessions.account(null)).toBe(null);
  });

  it('a colleague’s code is too old after seven days', async () => {
    const code = await people.accounts.invite('viewer', 'somebody');
    nowMs += 7 * 24 * 60 * MINUTE;
    expect(await people.accounts.open(code, 'Late', 'four words of a test')).toMatchObject({ ok: false, code: 'code-expired' });
  });
});
