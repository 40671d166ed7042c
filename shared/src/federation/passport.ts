/**
 * The study passport: one file from which anyone can check, offline, what was planned, who signed it, and that the printed results are the
 * numbers that the hospitals' signatures are over. Nothing in it is taken on the coordinator's word but its own signature.
 */
import { fromBase64, sha256, toHex, utf8Bytes } from '../crypto/index.ts';
import { certifiedKeys, type DeviceCertificate, deviceCertificateSchema } from '../identity/index.ts';
import { type Advert, advertBytes, advertSchema, type Roster, type RosterEntry, rosterSchema } from '../protocol/index.ts';
import { thresholds } from '../secagg/index.ts';
import { canonicalJson, type Plan, parsePlanValue, planHash } from '../study/index.ts';
import type { StudyResults, Verify } from './contracts.ts';
import type { ProgrammeState } from './programme-state.ts';
import { type JudgedApproval, judgeApproval } from './signed-by-all.ts';
import { stateFromBytes } from './state-bytes.ts';
import { studyResults } from './study-results.ts';
import type { WholeApproval } from './whole-approval.ts';

export const PASSPORT_FORMAT = 'consilium passport 2';

/** Signatures over plan, roster and program, of one site. */
export type Approval = WholeApproval & { readonly site: number };

export interface PassportBody {
  readonly format: typeof PASSPORT_FORMAT;
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly roster: Roster;
  /** Of the devices that signed, by the root keys on the roster. */
  readonly certificates: readonly DeviceCertificate[];
  readonly approvals: readonly Approval[];
  readonly model: {
    /** SHA-256 of `state`, hex: what the adverts are signed over. */
    readonly hash: string;
    /** The derived state, base64. */
    readonly state: string;
    readonly round: number;
    readonly adverts: readonly Advert[];
  };
  readonly results: StudyResults;
  /** The event log when the passport was made. */
  readonly log: { readonly events: number; readonly head: string };
}

export interface Passport extends PassportBody {
  /** The coordinator's signature over `passportBytes`, base64. */
  readonly signature: string;
}

export interface PassportCheck {
  readonly id: 'form' | 'coordinator' | 'plan' | 'roster' | 'approvals' | 'people' | 'program' | 'model' | 'end' | 'vouchers' | 'results';
  readonly ok: boolean;
  readonly text: string;
}

/** What the coordinator signs: SHA-256 of the body in canonical JSON. */
export function passportBytes(passport: PassportBody): Uint8Array {
  const { signature: _, ...body } = passport as Passport;
  return sha256(utf8Bytes(canonicalJson(body)));
}

/**
 * Checks a passport.
 *
 * @param value - Parsed JSON of unknown origin.
 * @returns Each check with its outcome in a sentence; the passport is good when all are.
 */
export function checkPassport(value: unknown, verify: Verify): PassportCheck[] {
  try {
    return checks(value as Passport, verify);
  } catch (error) {
    return [
      {
        id: 'form',
        ok: false,
        text: `This is not a study passport, or part of it is missing: ${error instanceof Error ? error.message : ''}`,
      },
    ];
  }
}

function checks(passport: Passport, verify: Verify): PassportCheck[] {
  if (passport.format !== PASSPORT_FORMAT) throw new RangeError('its format is unknown');
  const roster = rosterSchema.parse(passport.roster);
  const plan = parsedPlan(passport.plan);
  const state = fromBase64(passport.model.state);
  const derived = stateFromBytes(state) as ProgrammeState;
  const { colluders, minContributors } = plan.rounds;
  const all = roster.sites.length;
  const needed = Math.min(thresholds(all, colluders, minContributors).threshold, all - 1);
  const certificates = passport.certificates.map((one) => deviceCertificateSchema.parse(one));
  const keys = certifiedKeys({ roster, study: plan.study }, { certificates, suspensions: [] }, verify);
  const isSigned = (site: number, bytes: Uint8Array, signature: string) =>
    (keys.get(site) ?? []).some((key) => verify(fromBase64(key), bytes, fromBase64(signature)));
  const vouchers = vouching(passport, roster, isSigned);
  const parts = { roster, study: plan.study, planHash: passport.planHash, approvals: passport.approvals, keys, verify };
  const judged = roster.sites.map((site) => ({ site, ...judgeApproval(parts, site.index) }));
  const approved = judged.filter(({ byDevice }) => byDevice).map(({ site }) => site);
  const programs = new Set(passport.approvals.map(({ clientHash }) => clientHash));
  const check = (id: PassportCheck['id'], ok: boolean, good: string, bad: string): PassportCheck => ({ id, ok, text: ok ? good : bad });
  const isOwnSignature = verify(fromBase64(roster.coordinatorKey), passportBytes(passport), fromBase64(passport.signature));
  return [
    check('coordinator', isOwnSignature, 'The coordinator signed this file.', 'The file is not as the coordinator signed it.'),
    check(
      'plan',
      planHash(plan) === passport.planHash,
      `The plan has the hash ${passport.planHash}.`,
      'The plan does not have the hash that is given.',
    ),
    check(
      'roster',
      roster.study === passport.study,
      `${all} hospitals are on the list.`,
      'The list of hospitals belongs to another study.',
    ),
    check(
      'approvals',
      approved.length === all,
      `All ${all} hospitals signed plan, list and program.`,
      `Not signed as it stands here: ${roster.sites
        .filter((site) => !approved.includes(site))
        .map(({ name }) => name)
        .join(', ')}.`,
    ),
    ...peopleCheck(judged),
    check('program', programs.size === 1, `All signed one program: ${[...programs].join()}.`, 'Hospitals signed different programs.'),
    check(
      'model',
      toHex(sha256(state)) === passport.model.hash && derived.planHash === passport.planHash,
      `The model follows from this plan and has the hash ${passport.model.hash}.`,
      'The model does not have the hash that is given.',
    ),
    check(
      'end',
      derived.stage.kind === 'closing',
      'The model is the one with which the study closed.',
      `The model is from the middle of the study (${derived.stage.kind}), not from its end.`,
    ),
    check(
      'vouchers',
      vouchers.size >= needed,
      `${vouchers.size} hospitals signed that they derived this model; ${needed} are needed.`,
      `Only ${vouchers.size} hospitals signed that they derived this model; ${needed} are needed.`,
    ),
    check(
      'results',
      isSame(studyResults(plan, derived), passport.results),
      'The results are those of this model.',
      'The results are not those of this model.',
    ),
  ];
}

function parsedPlan(value: unknown): Plan {
  const parsed = parsePlanValue(value);
  if (!parsed.ok) throw new RangeError('its plan is not valid');
  return parsed.plan;
}

/** Of the hospitals that have declared people who sign; none where there is none. */
function peopleCheck(judged: readonly (JudgedApproval & { readonly site: RosterEntry })[]): PassportCheck[] {
  const declared = judged.filter(({ site }) => site.signers !== undefined);
  const wrong = declared.filter(({ missing }) => missing.length > 0);
  const good = declared.map(({ site, people }) => `${site.name}: ${people.join(' and ')}`);
  const bad = wrong.map(({ site, missing }) => `${site.name}: no good signature of ${missing.join(' and ')}`);
  if (declared.length === 0) return [];
  return wrong.length === 0
    ? [{ id: 'people', ok: true, text: `Two people signed for ${good.join('; ')}.` }]
    : [{ id: 'people', ok: false, text: `Two people must sign. ${bad.join('; ')}.` }];
}

/** Whether a device that a site's root key certified signed these bytes. */
type IsSigned = (site: number, bytes: Uint8Array, signature: string) => boolean;

/** Distinct sites whose signed advert names the model. */
function vouching({ model }: Passport, roster: Roster, isSigned: IsSigned): Set<number> {
  const signed = model.adverts.filter((value) => {
    const advert = advertSchema.parse(value);
    return advert.modelHash === model.hash && isSigned(advert.site, advertBytes({ roster, round: model.round }, advert), advert.signature);
  });
  return new Set(signed.map(({ site }) => site));
}

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(b);
