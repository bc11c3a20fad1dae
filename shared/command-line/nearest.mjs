// @ts-check
/**
 * Returns the Levenshtein distance between two words.
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const [left = 0, up = 0, diagonal = 0] = [next[j - 1], row[j], row[j - 1]];
      next[j] = Math.min(up + 1, left + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * Returns the candidate that a misspelt word most likely meant, or undefined when none is close enough. Ignoring case,
 * two letters or a third of the longer word may differ, whichever is more.
 * @param {string} word
 * @param {Iterable<string>} candidates
 * @returns {string | undefined}
 */
export function nearest(word, candidates) {
  /** @type {{ candidate: string, distance: number } | undefined} */
  let best;
  for (const candidate of candidates) {
    const found = distance(word.toLowerCase(), candidate.toLowerCase());
    const longer = Math.max(word.length, candidate.length);
    const allowed = Math.max(2, Math.floor(longer / 3));
    if (found <= allowed && found < longer && (!best || found < best.distance)) best = { candidate, distance: found };
  }
  return best?.candidate;
}
