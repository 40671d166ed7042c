/** A study of invited hospitals in real tabs: from the plan file to signatures. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from 'playwright';
import { compareWords, keepBoth, takeSeat } from './enrol-tab.ts';
import { chooseFiles, type HospitalTab, openTab, sayReady, sign, type TabOptions } from './hospital-tab.ts';
import { pressButton } from './keyboard.ts';
import type { ConsoleClient, ServerProcess } from './server.ts';

export interface HospitalFiles {
  readonly name: string;
  readonly csv: string;
  /** Forces this hospital's way to train. */
  readonly backend?: string;
}

export interface StudyInTabs {
  readonly study: string;
  /** By site id, in the order of the hospitals. */
  readonly tabs: Map<string, HospitalTab>;
  /** Brings a hospital back after its tab was closed or reloaded: it chooses its file again. */
  reopen(site: string): Promise<void>;
}

export interface StudyInTabsInput {
  readonly server: ServerProcess;
  readonly client: ConsoleClient;
  readonly browser: Browser;
  readonly planPath: string;
  /** Changes to the plan's text before it is given to the console. */
  readonly edit?: (text: string) => string;
  readonly hospitals: readonly HospitalFiles[];
  readonly splitCsv: string | null;
  readonly backend?: string;
  readonly onFrame?: TabOptions['onFrame'];
  readonly onBytes?: TabOptions['onBytes'];
}

/** Every hospital enrols, loads its file, is ready, compares the list with the others, and signs; rounds begin by themselves with the last signature. */
export async function startStudyInTabs(input: StudyInTabsInput): Promise<StudyInTabs> {
  const { server, client, browser, hospitals, splitCsv } = input;
  const text = readFileSync(input.planPath, 'utf8');
  const study = await client.create(input.edit?.(text) ?? text, basename(input.planPath));
  const comeIn = async ({ name, backend = input.backend }: HospitalFiles): Promise<readonly [string, HospitalTab]> => {
    const { site, link, secret } = await client.invite(study, name);
    const { onFrame, onBytes } = input;
    const tab = await openTab({ browser, origin: server.origin, name, backend, onFrame, onBytes }, new URL(link).hash);
    await keepBoth(tab, secret);
    return [site, tab];
  };
  const tabs = new Map(await Promise.all(hospitals.map(comeIn)));
  // One after the other: the order of the seats is that of the list, and a machine tries its ways to train best alone.
  for (const [at, tab] of [...tabs.values()].entries()) {
    await takeSeat(tab);
    await chooseFiles(tab, hospitals[at]?.csv ?? '', splitCsv);
    await sayReady(tab);
  }
  await client.until(study, (view) => view.sites.filter((site) => site.ready).length === hospitals.length);
  await client.act(study, 'start');
  await compareWords([...tabs.values()]);
  for (const tab of tabs.values()) await sign(tab);
  /** A new tab in the browser of a hospital whose tab was closed. */
  async function comeBack({ name, context }: HospitalTab): Promise<HospitalTab> {
    const { onFrame, onBytes } = input;
    const backend = hospitals.find((hospital) => hospital.name === name)?.backend ?? input.backend;
    const tab = await openTab({ browser, origin: server.origin, name, backend, onFrame, onBytes, context });
    await pressButton(tab.page, new RegExp(`^Go on as ${name}`));
    return tab;
  }

  return {
    study,
    tabs,
    reopen: async (site) => {
      const old = tabs.get(site);
      const files = hospitals[[...tabs.keys()].indexOf(site)];
      if (old === undefined || files === undefined) throw new Error(`no hospital ${site}`);
      const tab = old.page.isClosed() ? await comeBack(old) : old;
      tabs.set(site, tab);
      await chooseFiles(tab, files.csv, splitCsv); // the same file: the page goes on by itself
    },
  };
}
