/** What a person confirms and signs at a hospital: the list's words, the plan under the list, and a list that is to follow it. */
import type { JoinedSite } from './joined-site.ts';
import type { SessionView, Step } from './session-view.ts';
import { currentStep } from './steps.ts';
import { troubleOf } from './trouble.ts';

export interface SigningWorld {
  site(): JoinedSite | null;
  view(): SessionView;
  go(step: Step): void;
}

export class SigningDesk {
  readonly #world: SigningWorld;

  constructor(world: SigningWorld) {
    this.#world = world;
  }

  /** Compares the words that another hospital read out; only equal ones lead on to the signature. */
  async confirm(heard: readonly string[]): Promise<void> {
    const { site, view, go } = this.#world;
    const joined = site();
    if (joined === null) return;
    go({ step: 'words', busy: true, check: null, trouble: null });
    try {
      const check = await joined.confirm(heard);
      go(check.outcome === 'same' ? currentStep(view()) : { step: 'words', busy: false, check, trouble: null });
    } catch (error) {
      go({ step: 'words', busy: false, check: null, trouble: troubleOf(error) });
    }
  }

  /** Signs the plan and the list of hospitals that are on the screen. @param list - The hash that stands there. */
  approve(list: string): Promise<void> {
    return this.#sign('sign', (joined) => joined.approve(list));
  }

  /** Signs the list that is to follow, and the plan under it. */
  succeed(list: string): Promise<void> {
    return this.#sign('successor', (joined) => joined.succeed(list));
  }

  async #sign(step: 'sign' | 'successor', sign: (joined: JoinedSite) => Promise<void>): Promise<void> {
    const { site, view, go } = this.#world;
    const joined = site();
    if (joined === null) return;
    go({ step, busy: true, trouble: null });
    try {
      await sign(joined);
      go(currentStep(view()));
    } catch (error) {
      go({ step, busy: false, trouble: troubleOf(error) });
    }
  }
}
