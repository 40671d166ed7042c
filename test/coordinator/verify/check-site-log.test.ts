/** A hospital's record is checked without the hospital: whatever byte is altered, it is found and its entry named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile, reportFile } from '@consilium/coordinator/verify';
import { SITE_LOG_FORMAT, SITE_LOG_START, type SiteLogEvent, siteLogBytes, siteLogHash } from '@consilium/shared/federation';
import { afterAll, describe, expect, it } from 'vitest';
import { newIdentity } from '../world/tab.ts';

const folder = mkdtempSync(join(tmpdir(), 'consilium-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'record.jsonl');

const identity = newIdentity();
const EVENTS: readonly SiteLogEvent[] = [
  { type: 'joined', name: 'Sankt Görans', planHash: 'ab'.repeat(32) },
  { type: 'opened', clientHash: 'cd'.repeat(32), servedBy: 'https://hospital.example' },
  { type: 'signed', what: 'consilium approve 1', hash: 'ef'.repeat(32) },
  { type: 'sent', kind: 'unmask', round: 3, bytes: 812, hash: '12'.repeat(32) },
  { type: 'told', kind: 'released', round: 3, hash: '34'.repeat(32) },
  { type: 'refused', code: 'policy-forbids', round: null },
  { type: 'stopped' },
];

/** Written as the tab writes it. */
function written(events: readonly SiteLogEvent[] = EVENTS, who = identity): string[] {
  let previous = SITE_LOG_START;
  const lines = events.map((event, sequence) => {
    const link = { study: 's', site: 'goran', sequence, recordedAt: '2026-01-02T03:04:05.000Z', event: JSON.stringify(event), previous };
    const hash = siteLogHash(link);
    previous = hash;
    return JSON.stringify({ ...link, hash, signature: Buffer.from(who.sign(siteLogBytes(hash))).toString('base64') });
  });
  return [
    JSON.stringify({ format: SITE_LOG_FORMAT, study: 's', site: 'goran', name: 'Sankt Görans', publicKey: identity.publicKey }),
    ...lines,
  ];
}

async function check(text: string) {
  writeFileSync(path, text);
  return checkFile(path).then(
    ({ findings }) => findings,
    (error: Error) => [{ ok: false, text: error.message }],
  );
}
const textOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('the record of a hospital', () => {
  it('is intact as it was written', async () => {
    const findings = await check(textOf(written()));
    expect(findings.every(({ ok }) => ok)).toBe(true);
    expect(findings[0]?.text).toContain('chain of 7 entries is intact');
    expect(findings[2]?.text).toContain(identity.publicKey);
  });

  it('shows every altered byte, and names the entry it is in', async () => {
    const lines = written();
    const bytes = Buffer.from(textOf(lines));
    const ends = lines.map((_, at) => Buffer.byteLength(textOf(lines.slice(0, at + 1))));
    let checked = 0;
    // Every third byte, with another bit each time; a line's end too.
    for (let at = 0; at < bytes.length; at += 3) {
      const altered = Buffer.from(bytes);
      altered[at] = altered[at]! ^ (1 << (at % 7));
      const findings = await check(altered.toString('utf8'));
      expect(findings.some(({ ok }) => !ok)).toBe(true);
      const entry = ends.findIndex((end) => at < end) - 1;
      if (entry >= 0 && at !== bytes.length - 1) expect(findings.map(({ text }) => text).join(' ')).toContain(`Entry ${entry} `);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(800);
  });

  it.each([
    ['taken out', (lines: string[]) => lines.toSpliced(3, 1), 'Entry 2 (line 4) is missing or in another place.'],
    ['moved', (lines: string[]) => [...lines.slice(0, 3), lines[4]!, lines[3]!, ...lines.slice(5)], 'Entry 2 (line 4) is missing'],
    [
      'written by another key',
      () => [written()[0]!, ...written(EVENTS, newIdentity()).slice(1)],
      'Entry 0 (line 2) is not signed by the key',
    ],
  ])('shows an entry that was %s', async (_, change, expected) => {
    expect((await check(textOf(change(written()))))[0]?.text).toContain(expected);
  });

  it('reads as sentences', async () => {
    writeFileSync(path, textOf(written()));
    const report = await reportFile(path);
    expect(report).toHaveLength(7);
    expect(report[3]).toBe(`2026-01-02T03:04:05.000Z  Sent unmask in round 3: 812 bytes, SHA-256 ${'12'.repeat(32)}.`);
    expect(report.every((line) => !line.includes('undefined'))).toBe(true);
  });
});
