/** How often the test part of a plan version was looked at, in words (learning.md §3: once). */

/** @param looks - Finished studies of this plan version whose models were scored on its test patients, this one included. */
export function looksLine(models: number, looks: number): string {
  const scored = `Looks at the test part for this plan version: ${looks}. In each, every model was scored on it once (${models} models here).`;
  return looks <= 1 ? scored : `${scored} Figures of a part that was looked at more than once flatter the model.`;
}
