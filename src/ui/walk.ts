/**
 * Returns the index to which a key moves from index `at` of `count` entries in a menu or a list of tabs: the previous
 * or next one (wrapping around), or the first or last with Home and End. Undefined for any other key.
 */
export function walkedTo(
  key: string,
  at: number,
  count: number,
  [before, after]: [string, string],
): number | undefined {
  return { [before]: (at - 1 + count) % count, [after]: (at + 1) % count, Home: 0, End: count - 1 }[key];
}
