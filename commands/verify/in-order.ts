/** Does work, so much of it at once, and yields the results in the order of the work. */
export async function* inOrder<T>(work: readonly (() => Promise<T>)[], atOnce: number): AsyncGenerator<T> {
  const begun: Promise<T>[] = [];
  const begin = (): void => {
    const next = work[begun.length];
    if (!next) return;
    const result = next();
    begun.push(result);
    // Whether it fails is told in its turn.
    result.then(begin, () => undefined);
  };
  for (let count = 0; count < atOnce; count += 1) begin();
  for (let at = 0; at < work.length; at += 1) yield await begun[at]!;
}
