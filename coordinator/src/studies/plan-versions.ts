/**
 * The next version of a study: the changed plan, chained to the one before by its hash, as a study of its own. Hospitals that had joined keep
 * their seats, with the people who sign for them; nothing of what they signed is carried over, so each signs the new version or takes no part in it.
 *
 * Rule: never while sums are being opened. A version before its first round ends when the next one is made.
 */
import { type Plan, type PlanDifference, type PlanError, parsePlan, planDifference } from '@consilium/shared/study';
import type { StudyHost } from './study-host.ts';

export type VersionOutcome =
  | { readonly ok: true; readonly study: string | null; readonly version: number; readonly difference: PlanDifference }
  | { readonly ok: false; readonly code: string; readonly text: string; readonly errors: readonly PlanError[] };

export interface VersionRequest {
  readonly study: StudyHost;
  readonly text: string;
  readonly fileName: string;
  /** Only says what would change. */
  readonly trial: boolean;
  readonly hasNext: boolean;
}

/** What keeps a hospital, or a person who signs for it, of the version before from taking part in this one as things stand. */
export interface SeatTrouble {
  readonly hospital: string;
  /** Its name, where the trouble is a person's. */
  readonly person: string | null;
  readonly code: 'left' | 'no-seat' | 'expired' | 'suspended' | 'person-missing';
}

/** Judged by the hour, so that it is true after a restart too; nobody once the list of hospitals is made. */
export function seatTroubles(study: StudyHost, previous: StudyHost | null): readonly SeatTrouble[] {
  if (previous === null || study.view().phase !== 'gathering') return [];
  return previous.view().sites.flatMap(({ id, name: hospital }): SeatTrouble[] => {
    const [before, now] = [previous.member(id), study.member(id)];
    if (before?.departure !== null) return now === null ? [{ hospital, person: null, code: 'left' }] : [];
    if (now === null || now.rootKey !== before.rootKey) return [{ hospital, person: null, code: 'no-seat' }];
    const standing = now.deviceKey === null ? 'suspended' : study.standing(id, now.deviceKey);
    const people = before.signers.filter(({ certificate }) => !now.signers.some((one) => one.certificate.key === certificate.key));
    return [
      ...(standing === 'suspended' || standing === 'expired' ? [{ hospital, person: null, code: standing }] : []),
      ...people.map(({ certificate }): SeatTrouble => ({ hospital, person: certificate.name, code: 'person-missing' })),
    ];
  });
}

const refused = (code: string, text: string, errors: readonly PlanError[] = []) => ({ ok: false, code, text, errors }) as const;

/** @param make - Makes a study of a plan; null when it cannot. */
export async function nextVersion(request: VersionRequest, make: (plan: Plan) => Promise<StudyHost | null>): Promise<VersionOutcome> {
  const { study, text, fileName, trial } = request;
  const { phase } = study.view();
  if (phase === 'running' || phase === 'paused')
    return refused('study-running', 'Rounds are running. Stop the study before you make a new version of it.');
  if (request.hasNext) return refused('has-version', 'There is a newer version of this study already.');
  const parsed = parsePlan(text, fileName);
  if (!parsed.ok) return refused('plan-invalid', 'The plan has mistakes.', parsed.errors);
  if (parsed.plan.study !== study.plan.study) return refused('other-study', 'This is the plan of another study: its short name differs.');
  const plan = { ...parsed.plan, version: study.plan.version + 1, previous: study.planHash };
  const difference = planDifference(study.plan, plan);
  if (difference.changes.length === 0) return refused('no-change', 'This plan says the same as the version before.');
  const { version } = plan;
  if (trial) return { ok: true, study: null, version, difference };
  const made = await make(plan);
  if (made === null) return refused('plan-invalid', 'The plan has mistakes.');
  for (const member of study.members()) {
    await made.seat(member);
    for (const { certificate } of study.member(member.site)?.signers ?? []) await made.certifySigner(certificate);
  }
  if (phase === 'gathering' || phase === 'signing') await study.act('stop');
  return { ok: true, study: made.id, version, difference };
}
