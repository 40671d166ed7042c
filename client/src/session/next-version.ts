/** Whether the study that a coordinator names as the next version of this one is that, before a browser writes anything under its name. */
import { type Plan, parsePlanValue, planHash } from '@consilium/shared/study';
import type { PlanAnswer } from './api.ts';
import type { Membership } from './local-store.ts';

/** What to do about it: take the seat there, go on with the one that is held already, or neither. */
export type NextSeat = 'take' | 'held' | 'next-not-following' | 'next-held-otherwise';

/**
 * @param plan - Of the study this browser is in.
 * @param answer - The plan of the study that is named as the next one.
 * @param held - What this browser keeps as the same hospital there; null where nothing.
 * @returns `next-not-following` where the plan does not name this one's hash as its previous; `next-held-otherwise` where this browser is in that study
 *   with another key, whose limits and record must stay.
 */
export function nextSeat(
  plan: Plan,
  answer: Pick<PlanAnswer, 'plan' | 'planHash'>,
  member: Pick<Membership, 'key'>,
  held: Pick<Membership, 'key'> | null,
): NextSeat {
  const next = parsePlanValue(answer.plan);
  const isNext =
    next.ok && next.plan.study === plan.study && next.plan.previous === planHash(plan) && planHash(next.plan) === answer.planHash;
  if (!isNext) return 'next-not-following';
  if (held === null) return 'take';
  return held.key === member.key ? 'held' : 'next-held-otherwise';
}
