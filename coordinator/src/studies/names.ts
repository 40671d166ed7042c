/** Identifiers made from names: lower-case letters, digits and hyphens, at most 64 characters, unique where they are used. */

/**
 * @param name - What a person typed.
 * @param taken - Identifiers that are already in use.
 * @param fallback - Stem for a name without a usable letter.
 * @example uniqueId('Årsta Hospital', (id) => id === 'arsta-hospital', 'site') // 'arsta-hospital-2'
 */
export function uniqueId(name: string, taken: (id: string) => boolean, fallback: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const stem =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 56)
      .replace(/-$/, '') || fallback;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken(id)) return id;
  }
}
