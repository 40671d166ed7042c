/**
 * What follows from a plan and the scaling of its study alone, worked out once: names of columns, the network's shape, its clips. Every
 * site of a simulation asks for them in every round. Neither object is ever changed, so that they may stand for their contents.
 */
import type { Scaling } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';

/** @param find - Pure; its result is shared by all who ask, and changed by nobody. */
export function oncePerScaling<Result>(find: (plan: Plan, scaling: Scaling) => Result): (plan: Plan, scaling: Scaling) => Result {
  const found = new WeakMap<Plan, WeakMap<Scaling, { readonly result: Result }>>();
  return (plan, scaling) => {
    const ofPlan = found.get(plan) ?? new WeakMap<Scaling, { readonly result: Result }>();
    found.set(plan, ofPlan);
    const known = ofPlan.get(scaling) ?? { result: find(plan, scaling) };
    ofPlan.set(scaling, known);
    return known.result;
  };
}
