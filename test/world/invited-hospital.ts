/** Another hospital of a story in tabs: invited, come in by its secret, and ready with its file, all by keyboard. */
import { type Kept, keepBoth, takeSeat } from './enrol-tab.ts';
import { type HospitalTab, openTab, sayReady, type TabOptions } from './hospital-tab.ts';
import { giveCsv } from './keyboard.ts';
import type { ConsoleClient } from './server.ts';

export interface Invited {
  readonly tab: HospitalTab;
  readonly kept: Kept;
  /** Its invitation's, used up once it is ready. */
  readonly secret: string;
}

/** Opens the link; file and words are kept, and the seat is not taken yet. */
export async function comeIn(options: TabOptions, client: ConsoleClient, study: string): Promise<Invited> {
  const { link, secret } = await client.invite(study, options.name);
  const tab = await openTab(options, new URL(link).hash);
  return { tab, kept: await keepBoth(tab, secret), secret };
}

/** @param csv - Path of its file. */
export async function getReady({ tab }: Invited, csv: string): Promise<void> {
  await takeSeat(tab);
  await giveCsv(tab.page, csv);
  await sayReady(tab);
}
