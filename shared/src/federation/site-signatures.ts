/** What a site signs outside a round: that its rows are ready, that it accepts plan, roster and program, the next list, and that it leaves. */
import { toBase64 } from '../crypto/index.ts';
import { shorterRoster, successionBytes } from '../identity/index.ts';
import { approveBytes, bandOf, leaveBytes, type Roster, readyBytes, rosterHash, type SiteSays } from '../protocol/index.ts';
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

/** The list that follows the one in force, and plan and program under it. */
export async function signedSuccession(
  lists: { readonly current: Roster; readonly next: Roster; readonly site: number },
  of: { readonly planHash: string; readonly clientHash: string },
  sign: Sign,
): Promise<SiteSays<'succeed'>> {
  const { next, site } = lists;
  const { study } = next;
  const hash = rosterHash(next);
  const { planHash, clientHash } = of;
  const texts = [successionBytes(lists), approveBytes({ roster: next, site }, { planHash, rosterHash: hash, clientHash })];
  const [signature, approval] = (await sign(texts)).map(toBase64);
  return {
    ...{ protocol: 1, study, kind: 'succeed', rosterHash: hash, clientHash },
    signature: required(signature, 'signature'),
    approval: required(approval, 'approval'),
  } as const;
}

/** That the site leaves; with its word for the list without it where it may give one. */
export async function signedLeave(
  study: string,
  id: string,
  own: { readonly current: Roster; readonly site: number } | null,
  sign: Sign,
): Promise<SiteSays<'leave'>> {
  const next = own === null ? null : shorterRoster(own.current, [id]);
  const texts = [leaveBytes({ study, id }), ...(own === null || next === null ? [] : [successionBytes({ ...own, next })])];
  const [word, succession] = (await sign(texts)).map(toBase64);
  const successor = next === null || succession === undefined ? null : { rosterHash: rosterHash(next), signature: succession };
  return { protocol: 1, study, kind: 'leave', signature: required(word, 'signature'), successor };
}
