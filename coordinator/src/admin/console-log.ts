/**
 * What people did at the console: who, what, to what, when; in a chain like a study's, so that nothing can be taken out unseen.
 * An action is written before it is done. Never a password, a code or a secret.
 */
import { type EventLog, type Link, type LogCheck, verifyLog } from '../audit/index.ts';

export type ConsoleAction =
  | 'account-made'
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'password-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'colleague-invited'
  | 'account-removed'
  | 'study-created'
  | 'hospital-invited'
  | 'hospital-revoked'
  | 'hospital-put-off'
  | 'study-started'
  | 'study-paused'
  | 'study-resumed'
  | 'study-stopped'
  | 'model-promoted'
  | 'model-retired'
  | 'model-rolled-back';

export interface ConsoleEvent {
  readonly action: ConsoleAction;
  /** Name of the account, or what was typed for one. */
  readonly who: string;
  /** Study, hospital, role or reason; empty when there is none. */
  readonly subject: string;
}

export interface ConsoleLog {
  append(action: ConsoleAction, who: string, subject?: string): Promise<void>;
  /** Newest first. */
  newest(count: number): Promise<readonly (ConsoleEvent & { readonly sequence: number; readonly recordedAt: string })[]>;
  links(): AsyncIterable<Link>;
  verify(): Promise<LogCheck>;
}

const CHAIN = 'console';

export function openConsoleLog(events: EventLog<ConsoleEvent>, publicKey: Uint8Array): ConsoleLog {
  // One after another: each link names the one before it.
  let queue: Promise<void> = Promise.resolve();
  return {
    append(action, who, subject = '') {
      const event: ConsoleEvent = { action, who: who.slice(0, 80), subject: subject.slice(0, 200) };
      const next = queue.then(() => events.append(CHAIN, event));
      queue = next.catch(() => undefined);
      return next;
    },
    async newest(count) {
      const kept: (ConsoleEvent & { sequence: number; recordedAt: string })[] = [];
      for await (const { sequence, recordedAt, event } of events.links(CHAIN)) {
        kept.push({ ...(JSON.parse(event) as ConsoleEvent), sequence, recordedAt });
        if (kept.length > count) kept.shift();
      }
      return kept.reverse();
    },
    links: () => events.links(CHAIN),
    verify: () => verifyLog(events.links(CHAIN), publicKey),
  };
}
