/** What a browser keeps of the pages' origin, read past the pages' own code. */
import type { Page } from 'playwright';

/** How many entries each store of the browser's database holds. */
export async function entriesByStore(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('consilium');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const names = [...opening.result.objectStoreNames];
          const transaction = opening.result.transaction(names);
          const counts: Record<string, number> = {};
          for (const name of names) {
            const counting = transaction.objectStore(name).count();
            counting.onsuccess = () => {
              counts[name] = counting.result;
            };
          }
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(counts);
          };
        };
      }),
  );
}
