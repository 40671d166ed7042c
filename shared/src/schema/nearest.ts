/** The word a person probably meant: restricted edit distance (insert, delete, replace, swap neighbours), case apart. */

/**
 * Finds the candidates nearest to a word, best first.
 *
 * @param word - What was written.
 * @param candidates - What could have been meant.
 * @param count - How many at most.
 * @returns Candidates within a third of the longer length (at least 2 edits), nearest first, ties in the given order.
 * @example nearest('learningrate', ['localEpochs', 'learningRate']) // ["learningRate"]
 */
export function nearest(word: string, candidates: readonly string[], count = 1): string[] {
  const wanted = fold(word);
  return candidates
    .map((candidate) => ({ candidate, distance: distance(wanted, fold(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.ceil(Math.max(candidate.length, word.length) / 3)))
    .filter(({ candidate, distance }) => distance < Math.max(candidate.length, word.length))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

function distance(a: string, b: string): number {
  const table: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(table[i - 1]![j]! + 1, row[j - 1]! + 1, table[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, table[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    table.push(row);
  }
  return table[a.length]![b.length]!;
}
