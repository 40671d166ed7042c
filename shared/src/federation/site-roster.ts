/**
 * The list of hospitals at a site: whom it believes, and from when on. It is apart from the rounds, which only ask `flaw` and `keys`.
 *
 * Rules: the first roster is in force once a person has compared its words with another hospital; each later one only as a signed successor.
 * No round opens under a roster that is not in force, before every hospital on it has signed the plan, or from a device that its own root
 * key does not certify today. A suspended key stays so.
 */
import { fromBase64, sha256, toBase64, toHex } from '../crypto/index.ts';
import {
  areSameSigners,
  certifiedKeys,
  checkWords,
  type DeviceKeys,
  flawInProposal,
  goneFrom,
  hiddenWords,
  hospitalsToCall,
  judgeCredentials,
  judgeSuccessor,
  lastingKeys,
  NO_CREDENTIALS,
  rememberedSuspensions,
  rosterWords,
  suspendedKeys,
  type Verify,
  type WordCheck,
} from '../identity/index.ts';
import { type CoordinatorSays, leaveBytes, type RejectionCode, type Roster, rosterEntry, rosterHash } from '../protocol/index.ts';
import { thresholds } from '../secagg/index.ts';
import type { SiteProgress, SiteRecord, SuccessorProgress } from './contracts.ts';
import { withSeats } from './lineage.ts';
import { flawInApprovals } from './signed-by-all.ts';
import type { SiteInit } from './site-contract.ts';
import type { SignedRoster } from './study-state.ts';

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
  /** A list that this site is asked to sign. @returns Why it must not, or null. */
  takeProposal(message: CoordinatorSays<'proposal'>): RejectionCode | null;
  /** The successor that may be signed here, with the list it follows; null where there is none or nothing is in force. */
  proposal(): { readonly current: Roster; readonly next: Roster; readonly isSigned: boolean } | null;
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
  let asked: CoordinatorSays<'proposal'> | null = null;
  let signedBy: CoordinatorSays<'approvals'>['approvals'] = [];

  const inForce = (): boolean => {
    const { roster } = record();
    return offered !== null && roster !== null && rosterHash(roster) === rosterHash(offered);
  };

  const keep = (roster: Roster, change: Partial<SiteRecord> = {}) =>
    save({ roster, seats: withSeats(record().seats, roster), suspended: suspendedOn(roster), ...change });

  /** What is remembered once the hospitals on this list count: nobody else's suspensions are kept. */
  const suspendedOn = (roster: Roster) =>
    rememberedSuspensions(record().suspended, suspendedKeys({ roster, study: plan.study }, credentials, verify));

  const judged = (roster: Roster) =>
    judgeCredentials({ roster, study: plan.study, credentials, at: world.clock(), verify, suspended: new Set(record().suspended) });

  function flawInSignatures(roster: Roster): RejectionCode | null {
    const keys = certifiedKeys({ roster, study: plan.study }, credentials, verify);
    return flawInApprovals({ roster, study: plan.study, planHash, approvals: signedBy, keys, verify });
  }

  const ownPlace = (roster: Roster): RejectionCode | null => {
    const own = roster.sites.find((entry) => entry.id === site.id);
    if (own === undefined || own.rootKey !== site.rootKey || roster.study !== study) return 'not-on-roster';
    const { signers } = record();
    return signers === null ||
      areSameSigners(
        own.signers ?? [],
        signers.map((key) => ({ key })),
      )
      ? null
      : 'people-mismatch';
  };

  /** Whether a list follows from the one held here, version by version; the ones that are older than it are passed over. */
  function flawInChain(held: Roster, chain: readonly SignedRoster[]): RejectionCode | null {
    let current = held;
    for (const [at, { roster: next, signatures }] of chain.entries()) {
      if (next.version <= held.version && at < chain.length - 1) continue;
      const { colluders, minContributors } = plan.rounds;
      const needed = thresholds(current.sites.length, colluders, minContributors).threshold;
      const keys = lastingKeys({ roster: current, study: plan.study, credentials, verify, suspended: record().suspended });
      const verdict = judgeSuccessor({ current, offered: next, signatures, keys, needed, verify });
      if (verdict !== 'same' && verdict !== 'follows') return verdict;
      current = next;
    }
    return null;
  }

  /** While the list it follows is in force here; one that has come to be in force itself is no proposal any more. */
  function proposal(): ReturnType<SiteRoster['proposal']> {
    const { roster: current, successors } = record();
    if (asked === null || current === null || !inForce() || asked.roster.previous !== rosterHash(current)) return null;
    const next = asked.roster;
    return { current, next, isSigned: successors.some(({ successor }) => successor === rosterHash(next)) };
  }

  function successorProgress(): SuccessorProgress | null {
    const open = proposal();
    if (open === null || asked === null) return null;
    const { current, next, isSigned } = open;
    const keys = certifiedKeys({ roster: current, study: plan.study }, credentials, verify);
    const { departures } = asked;
    const hasSaid = ({ index, id }: Roster['sites'][number]): boolean =>
      departures.some(
        (one) =>
          one.site === index &&
          (keys.get(index) ?? []).some((key) => verify(fromBase64(key), leaveBytes({ study, id }), fromBase64(one.signature))),
      );
    const gone = goneFrom(current, next);
    const namesOf = (sites: Roster['sites']) => sites.map(({ name }) => name);
    const left = namesOf(gone.filter(hasSaid));
    const putOff = namesOf(gone.filter((one) => !hasSaid(one)));
    return { version: next.version, rosterHash: rosterHash(next), left, putOff, stay: namesOf(next.sites), isSigned };
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
      if (record().rosterHash !== rosterHash(offered)) return 'plan-unsigned';
      const unsigned = flawInSignatures(offered);
      if (unsigned !== null) return unsigned;
      const { keys, flaws } = judged(offered);
      const untimely = flaws.filter(({ code }) => code === 'expired' || code === 'not-yet-valid');
      if (2 * untimely.length > offered.sites.length) return 'clock-wrong';
      return keys.get(indexOn(offered)) === site.deviceKey ? null : 'device-not-certified';
    },
    async takeCredentials({ certificates, suspensions }) {
      credentials = { certificates, suspensions };
      const { roster, suspended: before } = record();
      const suspended = roster === null ? before : suspendedOn(roster);
      if (suspended !== before) await save({ suspended });
    },
    async offer({ roster: next, signatures, earlier }) {
      const flawHere = ownPlace(next);
      if (flawHere !== null) return flawHere;
      const before = record().roster ?? offered;
      if (before === null) {
        offered = next;
        if (confirmation === 'automatic') await keep(next);
        return null;
      }
      const flaw = flawInChain(before, [...earlier, { roster: next, signatures }]);
      if (flaw !== null) return flaw;
      if (record().roster !== null && rosterHash(next) !== rosterHash(before)) {
        const { successors } = record();
        // Who signed the list to come has signed the plan under it with the same word.
        const isSigned = successors.some(({ successor }) => successor === rosterHash(next));
        await keep(next, { rosterHash: isSigned ? rosterHash(next) : null });
      }
      offered = next;
      return null;
    },
    takeProposal(message) {
      const current = record().roster ?? offered;
      if (current === null) return 'roster-unconfirmed';
      const flaw = ownPlace(message.roster) ?? flawInProposal({ current, next: message.roster, signed: record().successors });
      if (flaw === null) asked = message;
      return flaw;
    },
    proposal,
    takeApprovals: ({ approvals }) => {
      signedBy = approvals;
    },
    async confirm(heard) {
      if (offered === null || indexOn(offered) < 0) return { outcome: 'unknown', positions: [] };
      const roster = offered;
      const check = checkWords(await words(roster), hiddenWords(roster, indexOn(roster)), heard);
      if (check.outcome === 'same') await keep(roster);
      return check;
    },
    async progress() {
      if (offered === null) return null;
      const roster = offered;
      const sites = roster.sites.map(({ index, name, rootKey, signers = [] }) => {
        const people = signers.map((person) => ({ name: person.name, role: person.role }));
        return { index, name, fingerprint: rootKey.slice(0, 16), people };
      });
      const isConfirmed = inForce();
      const hidden = isConfirmed ? [] : hiddenWords(roster, indexOn(roster));
      const shown = (await words(roster)).map((word, at) => (hidden.includes(at) ? '' : word));
      const call = hospitalsToCall(roster, indexOn(roster)).map((index) => rosterEntry(roster, index)?.name ?? '');
      const { version } = roster;
      return {
        type: 'roster',
        sites,
        rosterHash: rosterHash(roster),
        version,
        isConfirmed,
        words: shown,
        hidden,
        call,
        successor: successorProgress(),
      };
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
