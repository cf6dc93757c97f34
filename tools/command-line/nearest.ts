/** For an unknown word: the known one that was probably meant. */

/** How many letters to change, add or remove to get from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}

/** `; did you mean check?`, or nothing when no known word is near. */
export function nearest(word: string, known: readonly string[]): string {
  const [first] = known
    .map((one) => ({ one, away: one.startsWith(word) ? 0.5 : distance(word, one) }))
    .sort((a, b) => a.away - b.away);
  return first && first.away <= Math.max(1, word.length / 2) ? `; did you mean ${first.one}?` : '';
}
