/** What a site says of its rows when they are ready: two bands and whether a person looked at a check, signed. */
import { toBase64 } from '../crypto/index.ts';
import { bandOf, readyBytes, type SiteSays } from '../protocol/index.ts';
import type { SiteWorld } from './contracts.ts';
import { required } from './required.ts';
import type { LoadedRows } from './site-rows.ts';

export async function readyMessage(
  { study, id }: { readonly study: string; readonly id: string },
  { counts, report }: Pick<LoadedRows, 'counts' | 'report'>,
  sign: SiteWorld['sign'],
): Promise<SiteSays<'ready'>> {
  const rows = bandOf(counts.rows);
  const events = bandOf(counts.events);
  const checks = report.checks.every((check) => check.status === 'pass') ? 'pass' : 'warn';
  const [signature] = await sign([readyBytes({ study, id, rows, events, checks })]);
  return { protocol: 1, study, kind: 'ready', rows, events, checks, signature: toBase64(required(signature, 'signature')) };
}
