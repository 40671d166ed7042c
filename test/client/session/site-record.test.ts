import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSiteRecord, type SiteRecordStore } from '@consilium/client/session';
import { checkFile } from '@consilium/coordinator/verify';
import { ed25519PublicKey, ed25519Sign, toBase64 } from '@consilium/shared/crypto';
import { SITE_LOG_FORMAT, type SiteLogLink } from '@consilium/shared/federation';
import { afterAll, describe, expect, it } from 'vitest';

const secret = new Uint8Array(32).fill(7);
const key = { sign: async (bytes: Uint8Array) => ed25519Sign(bytes, secret) };
const member = { study: 'made-up', site: 'north', name: 'Northfield' };
const folder = mkdtempSync(join(tmpdir(), 'consilium-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps links as the browser's storage does; the transactions in `failing` write nothing. */
function storeOf(failing: ReadonlySet<number> = new Set()) {
  const kept: SiteLogLink[] = [];
  let transactions = 0;
  const store: SiteRecordStore = {
    recordLinks: async () => [...kept],
    addRecordLinks: async (links) => {
      if (failing.has(++transactions)) throw new Error('the disk is full');
      kept.push(...links);
    },
  };
  return { kept, store, transactions: () => transactions };
}

async function faultsOf(kept: readonly SiteLogLink[]): Promise<readonly string[]> {
  const path = join(folder, 'record.jsonl');
  const { study, site, name } = member;
  const head = { format: SITE_LOG_FORMAT, study, site, name, publicKey: toBase64(ed25519PublicKey(secret)) };
  writeFileSync(path, [head, ...kept].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return (await checkFile(path)).findings.flatMap(({ ok, text }) => (ok ? [] : [text]));
}

const codesIn = (kept: readonly SiteLogLink[]) => kept.map(({ event }) => (JSON.parse(event) as { code?: string }).code ?? 'joined');
const refusal = (code: string) => ({ type: 'refused', code, round: null }) as const;

describe('a hospital’s own record', () => {
  it('keeps a burst in the order noted, in few transactions, and goes on where an earlier page ended', async () => {
    const { kept, store, transactions } = storeOf();
    const codes = Array.from({ length: 40 }, (_, at) => `c${at}`);
    const first = openSiteRecord(store, key, member, 'a'.repeat(64));
    await Promise.all(codes.map((code) => first.note(refusal(code))));
    expect(transactions()).toBe(1);
    const second = openSiteRecord(store, key, member, 'a'.repeat(64));
    void second.note(refusal('later'));
    await second.settled();
    expect(codesIn(kept)).toEqual(['joined', ...codes, 'later']);
    expect(await faultsOf(kept)).toEqual([]);
    expect(await faultsOf(kept.toSpliced(3, 1))).not.toEqual([]);
  });

  it('says what could not be written, and the chain goes on from the last entry that was', async () => {
    const { kept, store } = storeOf(new Set([2]));
    const record = openSiteRecord(store, key, member, 'a'.repeat(64));
    await record.note(refusal('one'));
    await expect(record.note(refusal('lost'))).rejects.toThrow('the disk is full');
    await record.note(refusal('two'));
    expect(codesIn(kept)).toEqual(['joined', 'one', 'two']);
    expect(await faultsOf(kept)).toEqual([]);
  });
});
