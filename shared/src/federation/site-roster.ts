/**
 * The list of hospitals at a site: whom it believes, and from when on. It is apart from the rounds, which only ask `flaw` and `keys`.
 *
 * Rules: the first roster is in force once a person has compared its words with another hospital; each later one only as a signed successor.
 * No round opens under a roster that is not in force, before every hospital on it has signed the plan, or from a device that its own root
 * key does not certify today. A suspended key stays so.
 */
import { fromBase64, sha256, toBase64, toHex } from '../crypto/index.ts';
import {
  certifiedKeys,
  checkWords,
  type DeviceKeys,
  hiddenWords,
  hospitalsToCall,
  judgeCredentials,
  judgeSuccessor,
  NO_CREDENTIALS,
  rosterWords,
  suspendedKeys,
  type Verify,
  type WordCheck,
} from '../identity/index.ts';
import { approveBytes, type CoordinatorSays, type RejectionCode, type Roster, rosterEntry, rosterHash } from '../protocol/index.ts';
import { thresholds } from '../secagg/index.ts';
import type { SiteProgress, SiteRecord } from './contracts.ts';
import type { SiteInit } from './site-contract.ts';

export interface SiteRoster {
  /** The roster that was offered last and not refused, in force or not. */
  current(): Roster | null;
  /** Own index on it, -1 before. */
  index(): number;
  isInForce(): boolean;
  /** Why no round may open now, or null. */
  flaw(): RejectionCode | null;
  /** Who may sign for whom, today. */
  keys(): DeviceKeys;
  takeCredentials(message: CoordinatorSays<'credentials'>): Promise<void>;
  /** @returns Why the roster is refused, or null. */
  offer(message: CoordinatorSays<'roster'>): Promise<RejectionCode | null>;
  takeApprovals(message: CoordinatorSays<'approvals'>): void;
  confirm(heard: readonly string[]): Promise<WordCheck>;
  /** What the page is told of it; null before there is one. */
  progress(): Promise<Extract<SiteProgress, { type: 'roster' }> | null>;
}

type Parts = Pick<SiteInit, 'study' | 'plan' | 'planHash' | 'site' | 'confirmation' | 'world'> & {
  record(): SiteRecord;
  save(change: Partial<SiteRecord>): Promise<void>;
};

export function createSiteRoster({ study, plan, planHash, site, confirmation, world, record, save }: Parts): SiteRoster {
  const verify = remembering(world.verify);
  let credentials: typeof NO_CREDENTIALS = NO_CREDENTIALS;
  let offered: Roster | null = null;
  let signedBy: CoordinatorSays<'approvals'>['approvals'] = [];

  const inForce = (): boolean => {
    const { roster } = record();
    return offered !== null && roster !== null && rosterHash(roster) === rosterHash(offered);
  };

  const judged = (roster: Roster) =>
    judgeCredentials({ roster, study: plan.study, credentials, at: world.clock(), verify, suspended: new Set(record().suspended) });

  /** Whether every hospital on the roster has signed this plan and this roster. A device that was replaced since has signed too. */
  function areAllSigned(roster: Roster): boolean {
    const own = certifiedKeys({ roster, study: plan.study }, credentials, verify);
    return roster.sites.every(({ index }) =>
      signedBy.some((approval) => {
        if (approval.site !== index || approval.planHash !== planHash || approval.rosterHash !== rosterHash(roster)) return false;
        const bytes = approveBytes({ roster, site: index }, approval);
        return (own.get(index) ?? []).some((key) => verify(fromBase64(key), bytes, fromBase64(approval.signature)));
      }),
    );
  }

  const indexOn = (roster: Roster): number => roster.sites.find((entry) => entry.id === site.id)?.index ?? -1;

  async function words(roster: Roster): Promise<readonly string[]> {
    return confirmation === 'automatic' ? [] : rosterWords(roster, world.stretch);
  }

  return {
    current: () => offered,
    index: () => (offered === null ? -1 : indexOn(offered)),
    isInForce: inForce,
    keys: () => (offered === null ? new Map() : judged(offered).keys),
    flaw() {
      if (offered === null || !inForce()) return 'roster-unconfirmed';
      if (record().rosterHash !== rosterHash(offered) || !areAllSigned(offered)) return 'plan-unsigned';
      const { keys, flaws } = judged(offered);
      const untimely = flaws.filter(({ code }) => code === 'expired' || code === 'not-yet-valid');
      if (2 * untimely.length > offered.sites.length) return 'clock-wrong';
      return keys.get(indexOn(offered)) === site.deviceKey ? null : 'device-not-certified';
    },
    async takeCredentials({ certificates, suspensions }) {
      credentials = { certificates, suspensions };
      const seen = record().suspended;
      const fresh = [...suspendedKeys(credentials, verify)].filter((key) => !seen.includes(key));
      if (fresh.length > 0) await save({ suspended: [...seen, ...fresh] });
    },
    async offer({ roster: next, signatures }) {
      const own = next.sites.find((entry) => entry.id === site.id);
      if (own === undefined || own.rootKey !== site.rootKey || next.study !== study) return 'not-on-roster';
      const { roster: current } = record();
      if (current === null) {
        if (offered !== null && rosterHash(offered) !== rosterHash(next)) return 'roster-mismatch';
        offered = next;
        if (confirmation === 'automatic') await save({ roster: next });
        return null;
      }
      const { colluders, minContributors } = plan.rounds;
      const needed = thresholds(current.sites.length, colluders, minContributors).threshold;
      const verdict = judgeSuccessor({ current, offered: next, signatures, keys: judged(current).keys, needed, verify });
      if (verdict !== 'same' && verdict !== 'follows') return verdict;
      if (verdict === 'follows') await save({ roster: next, rosterHash: null });
      offered = next;
      return null;
    },
    takeApprovals: ({ approvals }) => {
      signedBy = approvals;
    },
    async confirm(heard) {
      if (offered === null || indexOn(offered) < 0) return { outcome: 'unknown', positions: [] };
      const roster = offered;
      const check = checkWords(await words(roster), hiddenWords(roster, indexOn(roster)), heard);
      if (check.outcome === 'same') await save({ roster });
      return check;
    },
    async progress() {
      if (offered === null) return null;
      const roster = offered;
      const sites = roster.sites.map(({ index, name, rootKey }) => ({ index, name, fingerprint: rootKey.slice(0, 16) }));
      const isConfirmed = inForce();
      const hidden = isConfirmed ? [] : hiddenWords(roster, indexOn(roster));
      const shown = (await words(roster)).map((word, at) => (hidden.includes(at) ? '' : word));
      const call = hospitalsToCall(roster, indexOn(roster)).map((index) => rosterEntry(roster, index)?.name ?? '');
      const { version } = roster;
      return { type: 'roster', sites, rosterHash: rosterHash(roster), version, isConfirmed, words: shown, hidden, call };
    },
  };
}

/** Certificates and approvals come again with every connection; each signature is checked once a page load. */
function remembering(verify: Verify): Verify {
  const known = new Map<string, boolean>();
  return (publicKey, bytes, signature) => {
    const name = `${toBase64(publicKey)} ${toBase64(signature)} ${toHex(sha256(bytes))}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const isGood = verify(publicKey, bytes, signature);
    known.set(name, isGood);
    return isGood;
  };
}
