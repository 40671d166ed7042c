/** The plan that the coordinator sent, before it is believed. */
import { type Plan, parsePlanValue, planHash } from '@consilium/shared/study';
import { ApiError } from './api.ts';

/** The plan as this program reads it; its hash is computed here, never believed. */
export function checkedPlan(raw: unknown, claimedHash: string): Plan {
  const parsed = parsePlanValue(raw);
  if (!parsed.ok) throw new ApiError('wrong-plan', 'The coordinator sent a plan this program cannot read.');
  if (planHash(parsed.plan) !== claimedHash) throw new ApiError('wrong-plan', 'The plan does not have the hash it is said to have.');
  return parsed.plan;
}
