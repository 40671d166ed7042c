/** How much a column's name says that it is a feature of the plan. */
import { fold, squash } from './fold.ts';
import { coreName, quantityNamed, stripUnit } from './quantities.ts';
import { synonymGroup } from './synonyms.ts';

/**
 * Compares names.
 *
 * @param names - The plan's column, name and label.
 * @param column - The file's column.
 * @returns 0 to 1, and why in a few words.
 */
export function nameScore(names: readonly string[], column: string): { readonly points: number; readonly reason: string } {
  if (names[0] === column) return { points: 1, reason: 'the same name' };
  const wanted = names.filter((name) => name !== '');
  if (wanted.some((name) => squash(name) === squash(column))) return { points: 0.97, reason: 'the same name, spelling aside' };
  const core = squash(coreName(column));
  const plain = squash(stripUnit(column).rest);
  if (wanted.some((name) => squash(stripUnit(name).rest) === plain || squash(coreName(name)) === core))
    return { points: 0.93, reason: 'the same name beside its unit' };
  const quantity = wanted.map(quantityNamed).find((found) => found !== null) ?? null;
  const own = quantityNamed(column);
  if (quantity !== null && own !== null) {
    return own.key === quantity.key
      ? { points: 0.92, reason: `another word for ${quantity.words[0] ?? quantity.key}` }
      : { points: 0, reason: 'another quantity' };
  }
  const groups = wanted.map(synonymGroup).filter((group) => group !== null);
  const group = synonymGroup(column) ?? synonymGroup(core);
  if (group !== null && groups.includes(group)) return { points: 0.92, reason: 'another word for it' };
  if (group !== null && groups.length > 0) return { points: 0, reason: 'another meaning' };
  const best = Math.max(...wanted.map((name) => likeness(fold(coreName(name)), fold(coreName(column)))));
  return best > 0.55 ? { points: best * 0.85, reason: 'a similar name' } : { points: 0, reason: 'another name' };
}

/** Dice coefficient of letter pairs, or of shared words. */
function likeness(a: string, b: string): number {
  const words = dice(a.split(' '), b.split(' '));
  const pairs = (text: string) => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  return Math.max(words, dice(pairs(a.replaceAll(' ', '')), pairs(b.replaceAll(' ', ''))));
}

function dice(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const left = [...b];
  let shared = 0;
  for (const item of a) {
    const at = left.indexOf(item);
    if (at < 0) continue;
    shared += 1;
    left.splice(at, 1);
  }
  return (2 * shared) / (a.length + b.length);
}
