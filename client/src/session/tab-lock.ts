/**
 * One tab speaks for a site: a Web Lock of the site's name, held as long as the page lives. It also keeps a hidden tab from
 * being frozen. Another tab can take it over; the one that loses it is told.
 */

export type TabLock = { readonly held: true; release(): void } | { readonly held: false };

/**
 * @param name - The lock's name: one for each site of a study.
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
