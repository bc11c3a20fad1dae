/**
 * A step through an expected and a printed text, by the indexes of their lines: only `line` is missing, only `at` is
 * too much, and both fit. What `…` stands for is `isSkipped`.
 */
export type Stride = { line?: number; at?: number; isSkipped?: true };

/** The most pairs of lines that are compared. Longer texts are shown one after the other. */
const MAX_PAIRS = 4_000_000;

/** Tests whether a printed line fits; undefined for `…`, which stands for any lines. */
export type Fits = ((text: string) => unknown) | undefined;

/** Returns the way through both texts that leaves the fewest lines over and, of several, the one on which most fit. */
export function cheapestWay(wanted: readonly Fits[], found: readonly string[]): Stride[] {
  if (wanted.length * found.length > MAX_PAIRS)
    return [
      ...wanted.flatMap((fits, line): Stride[] => (fits ? [{ line }] : [])),
      ...found.map((_, at): Stride => ({ at })),
    ];
  const width = found.length + 1;
  // What the lines left over from expected line i and printed line j on cost: cost[i * width + j]. All lines that `…`
  // can stand for cost less than one that is left over.
  const cost = new Float64Array((wanted.length + 1) * width);
  const left = width;
  const met = new Uint8Array(cost.length);
  for (let i = wanted.length; i >= 0; i -= 1) {
    for (let j = found.length; j >= 0; j -= 1) {
      const here = i * width + j;
      const down = i < wanted.length ? cost[here + width]! : Infinity;
      const right = j < found.length ? cost[here + 1]! : Infinity;
      if (i === wanted.length) cost[here] = (found.length - j) * left;
      else if (!wanted[i]) cost[here] = Math.min(down, right + 1);
      else {
        met[here] = j < found.length && wanted[i]!(found[j]!) ? 1 : 0;
        const apart = Math.min(down, right) + left;
        cost[here] = met[here] ? Math.min(cost[here + width + 1]!, apart) : apart;
      }
    }
  }
  const way: Stride[] = [];
  for (let i = 0, j = 0; i < wanted.length || j < found.length;) {
    const here = i * width + j;
    const down = i < wanted.length ? cost[here + width]! : Infinity;
    if (i < wanted.length && !wanted[i]) {
      if (down === cost[here]) i += 1;
      else way.push({ at: j++, isSkipped: true });
    } else if (met[here] && cost[here + width + 1] === cost[here]) way.push({ line: i++, at: j++ });
    else if (down + left === cost[here]) way.push({ line: i++ });
    else way.push({ at: j++ });
  }
  return way;
}
