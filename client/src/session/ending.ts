/**
 * How a hospital's part ends: stop now, leave the study, delete what this browser keeps of it. The link is closed first, whatever the
 * network does; what is written afterwards stays here.
 */
import type { JoinedSite } from './joined-site.ts';
import type { LocalStore, Membership } from './local-store.ts';
import type { Step } from './session-view.ts';
import { forgetSite } from './tab-memory.ts';

export interface EndingWorld {
  readonly store: LocalStore;
  readonly member: Membership;
  site(): JoinedSite | null;
  /** Ends chamber and link and shows a step. */
  leave(step: Step): void;
}

const endedStep = (code: 'stopped' | 'left'): Step => ({ step: 'stopped', trouble: { code, text: '' } });

/** The step of a hospital whose part a person had ended on an earlier visit; null where nobody had. */
export const haltedStep = ({ halted }: Membership): Step | null => (halted === undefined ? null : endedStep(halted));

/** Nothing is sent from this call on, online or not, also after a reload, until a person goes on. */
export async function endPart({ store, member, site, leave }: EndingWorld, how: 'stopped' | 'left'): Promise<Membership> {
  const joined = site();
  const stopping = joined?.stop();
  leave(endedStep(how));
  const halted = { ...member, halted: how };
  await store.putMembership(halted);
  await joined?.mark(how);
  await stopping;
  return halted;
}

/** A person goes on after a stop. */
export async function goOn({ store, member }: Pick<EndingWorld, 'store' | 'member'>): Promise<Membership> {
  const { halted: _, ...membership } = member;
  await store.putMembership(membership);
  return membership;
}

/** Removes everything this browser keeps of the study, keys last. Nothing of it can be brought back. */
export async function deleteTraces(world: EndingWorld): Promise<void> {
  const stopping = world.site()?.stop();
  world.leave(endedStep('left'));
  await stopping;
  forgetSite();
  await world.store.forget(world.member.study, world.member.site);
}
