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

/** What is still being written of an ended part; a deletion comes after it. */
let writing: Promise<unknown> = Promise.resolve();

/** Nothing is sent from this call on, online or not, also after a reload, until a person goes on. */
export function endPart(world: EndingWorld, how: 'stopped' | 'left'): Promise<Membership> {
  const ended = writeEnd(world, how);
  writing = ended.catch(() => undefined);
  return ended;
}

async function writeEnd({ store, member, site, leave }: EndingWorld, how: 'stopped' | 'left'): Promise<Membership> {
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
  const joined = world.site();
  const stopping = joined?.stop();
  world.leave(endedStep('left'));
  await Promise.all([stopping, joined?.audit.settled(), writing]);
  forgetSite();
  await world.store.forget(world.member.study, world.member.site);
}
