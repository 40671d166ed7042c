/** The two things a site signs outside a round: that its rows are ready, and that it accepts plan, roster and program. */
import { toBase64 } from '../crypto/index.ts';
import { approveBytes, bandOf, type Roster, readyBytes, rosterHash, type SiteSays } from '../protocol/index.ts';
import type { SiteWorld } from './contracts.ts';
import { required } from './required.ts';
import type { LoadedRows } from './site-rows.ts';

type Sign = SiteWorld['sign'];

/** "Ready", in two bands. */
export async function signedReady(study: string, id: string, { counts, report }: LoadedRows, sign: Sign): Promise<SiteSays<'ready'>> {
  const rows = bandOf(counts.rows);
  const events = bandOf(counts.events);
  const checks = report.checks.every((check) => check.status === 'pass') ? 'pass' : 'warn';
  const [signature] = await sign([readyBytes({ study, id, rows, events, checks })]);
  return { protocol: 1, study, kind: 'ready', rows, events, checks, signature: toBase64(required(signature, 'signature')) };
}

/** Plan, roster and program. */
export async function signedApproval(
  signer: { readonly roster: Roster; readonly site: number },
  of: { readonly planHash: string; readonly clientHash: string },
  sign: Sign,
): Promise<SiteSays<'approve'>> {
  const { study } = signer.roster;
  const { planHash, clientHash } = of;
  const approval = { planHash, rosterHash: rosterHash(signer.roster), clientHash };
  const [signature] = await sign([approveBytes(signer, approval)]);
  return { protocol: 1, study, kind: 'approve', ...approval, signature: toBase64(required(signature, 'signature')) };
}
