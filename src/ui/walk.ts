/**
 * Returns the place that a key leads to from place `at` of so many, as in a menu or a list of tabs: the one before or
 * after it, round the ends, or the first or last with Home and End. Undefined for any other key.
 */
export function walkedTo(
  key: string,
  at: number,
  count: number,
  [before, after]: [string, string],
): number | undefined {
  return { [before]: (at - 1 + count) % count, [after]: (at + 1) % count, Home: 0, End: count - 1 }[key];
}
