const GAP = 2;

/** How many of these verdicts are one of the wanted. */
export function count<V>(verdicts: readonly V[], ...wanted: V[]): number {
  return verdicts.filter((verdict) => wanted.includes(verdict)).length;
}

/**
 * How often each verdict came, as a table: a row for each name, also for one of which nothing was played, and a last
 * one for all. Throws an Error when nothing was played at all: then there is nothing to report, and the cause is told
 * by the tests before.
 */
export function verdictTable<V extends string>(
  title: string,
  kinds: readonly V[],
  byName: ReadonlyMap<string, readonly V[]>,
): string {
  const all = [...byName.values()].flat();
  if (all.length === 0) throw new Error(`nothing was played of the ${title}`);
  const table = [
    [title, ...kinds],
    ...[...byName, ['all', all] as const].map(([name, verdicts]) => [
      name,
      ...kinds.map((kind) => String(count(verdicts, kind))),
    ]),
  ];
  const widths = [title, ...kinds].map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map(
      ([name = '', ...cells]) =>
        name.padEnd(widths[0]!) + cells.map((cell, at) => cell.padStart(widths[at + 1]! + GAP)).join(''),
    )
    .join('\n');
}
