const GAP = 2;

/** Returns how many of these verdicts are among the wanted ones. */
export function count<V>(verdicts: readonly V[], ...wanted: V[]): number {
  return verdicts.filter((verdict) => wanted.includes(verdict)).length;
}

/**
 * Returns a table of how often each verdict occurred: a row for each name, even when nothing was played for it, and a
 * last one for the total. Throws an Error when nothing was played at all: earlier tests have then reported the cause.
 */
export function verdictTable<V extends string>(
  title: string,
  kinds: readonly V[],
  byName: ReadonlyMap<string, readonly V[]>,
): string {
  const all = [...byName.values()].flat();
  if (all.length === 0) throw new Error(`none of the ${title} were played`);
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
