/**
 * A pattern planted in one hospital's rows must not be found in anything that left its tab, nor in anything the coordinator wrote:
 * not as text, not as a number in any form. And the bytes of an update are counted at the socket.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRounds } from '../world/demo-hospitals.ts';
import { filesUnder } from '../world/final-state.ts';
import { createRoundKinds } from '../world/frames.ts';
import { numberForms } from '../world/number-forms.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

const CANARY = 'canary-7f3a9c';
const NUMBER = 6.8790123;

describe('what leaves a tab', () => {
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;
  const folder = mkdtempSync(join(tmpdir(), 'consilium-canary-'));

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds no trace of a row', async () => {
    const [first, ...others] = DEMO_HOSPITALS;
    if (first === undefined) throw new Error('no hospital');
    const lines = readFileSync(first.csv, 'utf8').trimEnd().split('\n');
    const columns = (lines[0] ?? '').split(',');
    const planted = lines.map((line, row) => {
      if (row === 0) return line;
      const cells = line.split(',');
      cells[0] = `${CANARY}-${row}`;
      cells[columns.indexOf('hba1c')] = String(NUMBER);
      return cells.join(',');
    });
    const csv = join(folder, `${CANARY}.csv`);
    writeFileSync(csv, `${planted.join('\n')}\n`);

    const sent: Buffer[] = [];
    const hospitals = [{ name: first.name, csv }, ...others];
    const { study, tabs } = await startStudyInTabs({
      ...{ server, client, browser, hospitals, planPath: DEMO_PLAN, edit: withRounds(2), splitCsv: null },
      onFrame: () => true,
      onBytes: (_tab, direction, bytes) => direction === 'up' && sent.push(bytes),
    });
    const view = await client.until(study, ({ phase }) => phase === 'finished');
    expect(view.timeline.length).toBeGreaterThan(5);
    for (const tab of tabs.values()) sent.push(...tab.requests.map((request) => Buffer.from(request)));

    await server.kill(); // nothing is written or deleted any more
    const written = [
      ...filesUnder(server.dataDir).map((path) => readFileSync(path)),
      Buffer.from(server.output()),
      Buffer.from(JSON.stringify(view)),
      ...sent,
    ];
    const patterns = [Buffer.from(CANARY), Buffer.from(CANARY).toString('base64').slice(0, 15), ...numberForms(NUMBER)];
    for (const pattern of patterns) expect(written.filter((bytes) => bytes.includes(pattern)).length).toBe(0);
    // The search can find what is there: the hospital's name on disk, a message of every round on the wire, masked bytes.
    expect(written.some((bytes) => bytes.includes(first.name))).toBe(true);
    expect(sent.filter((bytes) => bytes.includes('"advertise-keys"'))).toHaveLength(4 * view.timeline.length);
    expect(sent.filter((bytes) => bytes.length > 100 && !/^[0-9]/.test(bytes.toString('latin1'))).length).toBeGreaterThan(
      view.timeline.length,
    );
  });

  it('takes at most 0.76 of float32 up for a network of a quarter of a million weights', async () => {
    const hidden = [512, 480];
    const kinds = createRoundKinds();
    const sizes = new Map<string, number>();
    let asking: string | null = null;
    await server.start();
    client = await signIn(server);
    const { study, tabs } = await startStudyInTabs({
      ...{ server, client, browser, hospitals: DEMO_HOSPITALS, planPath: DEMO_PLAN, splitCsv: null },
      edit: (text) =>
        withRounds(1)(text)
          .replace(/hidden: \[[^\]]*\]/, `hidden: [${hidden}]`)
          .replace(/learningRate: 0.05/, 'learningRate: 0.001'),
      onFrame: (_tab, direction, frame) => {
        const message = kinds.read(frame);
        if (direction === 'down' && message?.kind === 'open-round') asking = message.asks;
        return true;
      },
      onBytes: (tab, direction, { length: sizeBytes }) => {
        if (direction === 'up' && asking === 'update') sizes.set(tab.name, (sizes.get(tab.name) ?? 0) + sizeBytes);
      },
    });
    await client.until(study, ({ timeline }) => timeline.some(({ kind, outcome }) => kind === 'update' && outcome === 'released'), 200);
    const weights = 10 * hidden[0]! + hidden[0]! + hidden[0]! * hidden[1]! + hidden[1]! + hidden[1]! + 1;
    expect(weights).toBeGreaterThan(250_000);
    expect(sizes.size).toBe(tabs.size);
    for (const [name, size] of sizes) {
      console.log(`${name}: ${size} bytes up for ${weights} weights, ${(size / (4 * weights)).toFixed(4)} of float32`);
      expect(size / (4 * weights)).toBeLessThanOrEqual(0.76);
      expect(size / (4 * weights)).toBeGreaterThan(0.74);
    }
  });
});
