/**
 * What a person at a site says yes to: the plan under the list in force, and the next list with the plan under it. Each signature is on disk before it goes out where a second one would contradict it.
 *
 * Rule: of each list one successor is signed. A proposal that was signed before is answered again in the same words: the answer may have been lost.
 */
import { rosterHash, type WordCheck } from '../identity/index.ts';
import type { CoordinatorSays, RejectionCode, SiteMessage } from '../protocol/index.ts';
import type { SiteRecord } from './contracts.ts';
import type { PolicyGuard } from './policy-guard.ts';
import type { RowSketch } from './record-parts.ts';
import { required } from './required.ts';
import type { SiteInit } from './site-contract.ts';
import { SiteError } from './site-error.ts';
import type { SiteRoster } from './site-roster.ts';
import type { LoadedRows } from './site-rows.ts';
import { signedApproval, signedReady, signedSuccession } from './site-signatures.ts';

export interface SiteConsent {
  /** The rows are ready and, from here on, the ones that take part. */
  ready(): Promise<void>;
  confirm(heard: readonly string[]): Promise<WordCheck>;
  approve(list: string): Promise<void>;
  succeed(list: string): Promise<void>;
  takeProposal(message: CoordinatorSays<'proposal'>): Promise<void>;
}

type Parts = Pick<SiteInit, 'study' | 'planHash' | 'clientHash' | 'site' | 'world'> & {
  readonly roster: SiteRoster;
  readonly guard: PolicyGuard;
  record(): SiteRecord;
  loaded(): LoadedRows | null;
  /** What is kept of rows that take part, to be compared with in later versions. */
  sketch(rows: LoadedRows): RowSketch | null;
  save(change: Partial<SiteRecord>): Promise<void>;
  say(message: SiteMessage): Promise<void>;
  refuse(code: RejectionCode): void;
  /** Shows the page the list as it stands now. */
  tellRoster(): Promise<void>;
};

export function siteConsent(parts: Parts): SiteConsent {
  const { study, planHash, clientHash, site, world, roster, guard, record, loaded, save, say } = parts;
  const keepSuccessor = (of: string, successor: string) => save({ successors: [...record().successors, { of, successor }] });

  async function sayYesAgain(): Promise<void> {
    const { current, next } = required(roster.proposal(), 'proposal');
    await say(await signedSuccession({ current, next, site: roster.index() }, { planHash, clientHash }, world.sign));
  }

  return {
    async ready() {
      const rows = required(loaded(), 'rows');
      if (!rows.report.isReady) throw new SiteError('not-ready');
      await save({ fileFingerprint: rows.report.fingerprint, readOn: rows.readOn, rowSketch: parts.sketch(rows) });
      await say(await signedReady(study, site.id, rows, world.sign));
    },
    async confirm(heard) {
      const check = await roster.confirm(heard);
      if (check.outcome === 'same') await parts.tellRoster();
      return check;
    },
    async approve(list) {
      const accepted = required(roster.current(), 'roster');
      if (!roster.isInForce()) throw new SiteError('roster-unconfirmed');
      if (rosterHash(accepted) !== list) throw new SiteError('list-changed');
      const rule = guard.broken(accepted, loaded());
      if (rule !== null) throw new SiteError(`policy-${rule}`);
      const approval = await signedApproval({ roster: accepted, site: roster.index() }, { planHash, clientHash }, world.sign);
      await save({ planHash, rosterHash: approval.rosterHash });
      await say(approval);
    },
    async succeed(list) {
      const open = roster.proposal();
      if (open === null) throw new SiteError('no-proposal');
      const { current, next, isSigned } = open;
      if (rosterHash(next) !== list) throw new SiteError('list-changed');
      const rule = guard.broken(next, loaded());
      if (rule !== null) throw new SiteError(`policy-${rule}`);
      if (!isSigned) await keepSuccessor(rosterHash(current), rosterHash(next));
      await save({ planHash });
      await sayYesAgain();
      await parts.tellRoster();
    },
    async takeProposal(message) {
      const flaw = roster.takeProposal(message);
      if (flaw !== null) return parts.refuse(flaw);
      if (roster.proposal()?.isSigned === true) await sayYesAgain();
      return parts.tellRoster();
    },
  };
}
