/**
 * One tab speaks for a site: a Web Lock in the hospital's name, held as long as the page lives. It also keeps a hidden tab from
 * being frozen. Another tab can take it over; the one that loses it is told.
 */
import type { DeviceCertificate } from '@consilium/shared/identity';
import type { Membership } from './local-store.ts';

export type TabLock = { readonly held: true; release(): void } | { readonly held: false };

/**
 * One name for a hospital in all versions of a study: what one version answers, the other must know of.
 *
 * @param certificate - Of the key it joined with; null where it is gone.
 */
export const lockName = ({ study, site }: Pick<Membership, 'study' | 'site'>, certificate: DeviceCertificate | null): string =>
  `consilium ${certificate === null ? `${study}/${site}` : `${certificate.study} ${certificate.rootKey}`}`;

/**
 * @param name - The lock's name: one for each hospital of a study.
 * @param takeOver - Take it from the tab that holds it.
 * @param onLost - Called once if another tab takes over later.
 */
export function takeTabLock(name: string, takeOver: boolean, onLost: () => void): Promise<TabLock> {
  return new Promise((resolve) => {
    let release = () => {};
    const kept = new Promise<void>((end) => {
      release = end;
    });
    const whenGranted = (lock: Lock | null) => {
      if (lock === null) {
        resolve({ held: false });
        return undefined;
      }
      resolve({ held: true, release });
      return kept;
    };
    const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
    navigator.locks.request(name, options, whenGranted).catch(onLost);
  });
}
