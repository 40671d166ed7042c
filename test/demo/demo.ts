/**
 * `pnpm demo`: the whole product on one machine. A coordinator, four hospitals in four tabs of a real browser, synthetic patients,
 * ten rounds of a network and the exact fit beside it; prints the result table and the address where the pages can be seen.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { StudyView } from '@consilium/shared/federation';
import { launchChromium } from '../browser/chromium.ts';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { signIn, startServer } from '../world/server.ts';

const HELP = `pnpm demo [--keep | --exit] [--json]

Runs a coordinator and four hospitals in four browser tabs on synthetic patients, and prints the results.

  --keep   leave the coordinator running until Ctrl-C (default in a terminal)
  --exit   stop when the results are printed (default elsewhere)
  --json   print one line of JSON instead of the table

Examples:
  pnpm demo
  pnpm demo --exit --json`;

const { values } = parseArgs({
  options: { keep: { type: 'boolean' }, exit: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
});

async function run(): Promise<void> {
  const started = Date.now();
  const tell = (text: string) => values.json || console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  const server = await startServer();
  process.once('exit', () => rmSync(server.dataDir, { recursive: true, force: true }));
  try {
    const info = (await (await fetch(`${server.origin}/api/info`)).json()) as {
      demo: { study: string; sites: { id: string; name: string }[] } | null;
    };
    if (info.demo === null) throw new Error('The demo hospitals are missing. Run: pnpm build');
    tell(`coordinator at ${server.origin}`);
    const client = await signIn(server);
    const browser = await launchChromium();
    const { study } = info.demo;
    const context = await browser.newContext({ locale: 'en-GB' });
    const tabs: HospitalTab[] = [];
    for (const { name } of info.demo.sites) {
      const tab = await openTab({ browser, origin: server.origin, name, context });
      tabs.push(tab);
      await joinDemo(tab);
      await sayReady(tab);
      tell(`${name} has joined and loaded its patients`);
    }
    await client.until(study, (view) => view.sites.every((site) => site.ready));
    await client.act(study, 'start');
    for (const tab of tabs) await sign(tab);
    tell('all hospitals have signed');
    let seen = 0;
    const view = await client.until(study, (now) => {
      if (now.timeline.length > seen) {
        const last = now.timeline.at(-1);
        tell(
          `round ${last?.round}: ${last?.kind} ${last?.label}, ${last?.outcome} with ${last?.survivors.length} hospitals (${now.progress.done} of about ${now.progress.expected})`,
        );
        seen = now.timeline.length;
      }
      return now.phase === 'finished' || now.phase === 'paused';
    });
    if (view.phase !== 'finished') throw new Error(`The study paused: ${view.reason}`);
    for (const tab of tabs) await untilResults(tab);
    await browser.close();
    const seconds = (Date.now() - started) / 1000;
    if (values.json) console.log(JSON.stringify({ origin: server.origin, seconds, results: view.results }));
    else console.log(`${table(view)}\n\nDone in ${seconds.toFixed(0)} s. Results: ${server.origin}/console`);
    if (values.keep ?? (values.exit !== true && process.stdout.isTTY)) {
      await server.kill();
      await server.start(); // the code of the first start was used by this program
      console.log(`admin code: ${server.adminCode()}\nThe coordinator runs until Ctrl-C.`);
      await new Promise((resolve) => process.once('SIGINT', resolve));
    }
  } finally {
    await server.dispose();
  }
}

const ROWS = [
  ['AUROC within hospitals', 'aurocWithin'],
  ['AUROC over all pairs', 'aurocBinned'],
  ['log-loss', 'logLoss'],
  ['Brier score', 'brier'],
  ['accuracy', 'accuracy'],
  ['calibration slope', 'calibrationSlope'],
  ['observed / expected', 'observedExpected'],
] as const;

function table({ results, title }: StudyView): string {
  const models = Object.entries(results?.models ?? {}).sort(([a], [b]) => b.localeCompare(a));
  const head = ['', ...models.map(([label]) => (label === 'exact' ? 'ridge logistic, exact' : 'network, federated'))];
  const lines = ROWS.map(([name, key]) => [name, ...models.map(([, model]) => model[key]?.toFixed(4) ?? '–')]);
  const first = models[0]?.[1];
  const width = (column: number) => Math.max(...[head, ...lines].map((row) => (row[column] ?? '').length));
  const text = [head, ...lines].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)))).join('   '),
  );
  return `\n${title}: ${first?.n} test patients of four made-up hospitals\n\n${text.join('\n')}`;
}

if (values.help) console.log(HELP);
else await run();
