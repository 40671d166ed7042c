/**
 * Whether every hospital of a list has signed it with plan and program: by a device that its root key certified, and where it has declared people
 * who sign, by each of them over the same bytes. What was signed once stays signed, also by a device that was replaced since.
 */
import { fromBase64 } from '../crypto/index.ts';
import { signedPeople, type Verify } from '../identity/index.ts';
import { approveBytes, type Roster, rosterHash } from '../protocol/index.ts';
import type { WholeApproval } from './whole-approval.ts';

export interface ApprovalParts {
  readonly roster: Roster;
  /** The plan's short name, which certificates name. */
  readonly study: string;
  readonly planHash: string;
  readonly approvals: readonly (WholeApproval & { readonly site: number })[];
  /** Device keys that a site's root key has certified, by roster index, base64. */
  readonly keys: ReadonlyMap<number, readonly string[]>;
  readonly verify: Verify;
}

export interface JudgedApproval {
  readonly byDevice: boolean;
  /** Names of the people who have signed, and of those who have not; both empty where the hospital has declared nobody. */
  readonly people: readonly string[];
  readonly missing: readonly string[];
}

/** Which signatures of one site of the list are there and good. Of two approvals of one site the first counts. */
export function judgeApproval({ roster, study, planHash, approvals, keys, verify }: ApprovalParts, site: number): JudgedApproval {
  const entry = roster.sites.find(({ index }) => index === site);
  const approval = approvals.find((one) => one.site === site);
  const named = (entry?.signers ?? []).map(({ name }) => name);
  const isSame = approval !== undefined && approval.planHash === planHash && approval.rosterHash === rosterHash(roster);
  if (entry === undefined || !isSame) return { byDevice: false, people: [], missing: named };
  const bytes = approveBytes({ roster, site }, approval);
  const byDevice = (keys.get(site) ?? []).some((key) => verify(fromBase64(key), bytes, fromBase64(approval.signature)));
  const people = signedPeople({ entry, study, bytes, signatures: approval.people ?? [], verify }).map(({ key }) => key);
  const signers = entry.signers ?? [];
  const namesOf = (isIn: boolean) => signers.filter(({ key }) => people.includes(key) === isIn).map(({ name }) => name);
  return { byDevice, people: namesOf(true), missing: namesOf(false) };
}

/** What keeps rounds from beginning under a list, or null. A device that has not signed is named before people who have not. */
export function flawInApprovals(parts: ApprovalParts): 'plan-unsigned' | 'people-unsigned' | null {
  const judged = parts.roster.sites.map(({ index }) => judgeApproval(parts, index));
  if (judged.some(({ byDevice }) => !byDevice)) return 'plan-unsigned';
  return judged.some(({ missing }) => missing.length > 0) ? 'people-unsigned' : null;
}
