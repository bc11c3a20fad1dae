import { quoteName } from '../text/quoting.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, type Token } from '../text/tokens.ts';
import type { TableShape } from '../translation/table-shape.ts';
import type { ColumnBudget } from './column-budget.ts';
import type { NamedTable } from '../text/named-tables.ts';
import type { FromItem } from './from-items.ts';
import type { Scope } from './scopes.ts';
import type { Star } from './stars.ts';

/** Something whose columns `*` means. */
type Starred = Pick<FromItem, 'qualifier' | 'table' | 'to'>;

/**
 * Names the visible columns in place of each star that means a table with hidden ones. `hiding` are these tables.
 * Returns the columns for each of these stars. Throws StatementError when there are too many.
 *
 *     SELECT *, u.* FROM t, (SELECT 1) AS u RETURNING
 *     SELECT "t"."a", "t"."b", "u".*, u.* FROM t, (SELECT 1) AS u
 */
export function expandStars(
  tokens: readonly Token[],
  { verb, target, sources, list }: Scope,
  stars: readonly Star[],
  hiding: ReadonlyMap<NamedTable, TableShape>,
  budget: ColumnBudget,
  edits: TextEdits,
): string[] {
  const expanded: string[] = [];
  const changed: Starred[] =
    target && verb !== 'table' ? [{ table: target, qualifier: target.alias.value, to: -1 }] : [];
  const all = [...changed, ...sources.items.filter(({ isInner }) => !isInner)];
  if (!list || !stars.length || !all.some(({ table }) => table && hiding.has(table))) return expanded;
  const named = Map.groupBy(all, ({ qualifier }) => qualifier);
  for (const star of stars) {
    const meant = star.qualifier === undefined ? all : (named.get(star.qualifier) ?? []);
    if (star.qualifier !== undefined && !meant.some(({ table }) => table && hiding.has(table))) continue;
    const columns = meant.flatMap((item, i) => {
      const shape = item.table && hiding.get(item.table);
      const name = quoteName(item.qualifier ?? nameSource(tokens, item, i, edits));
      budget.spend(shape?.columns.length ?? 1);
      return shape ? shape.columns.map((column) => `${name}.${quoteName(column)}`) : [`${name}.*`];
    });
    expanded.push(columns.join(', '));
    replaceStar(tokens, star, list.from, expanded.at(-1)!, edits);
  }
  return expanded;
}

/** Names a query in FROM that has no name. A name that CockroachDB shows nowhere. */
function nameSource(tokens: readonly Token[], item: Starred, place: number, edits: TextEdits): string {
  item.qualifier = `source ${place + 1}`;
  edits.insert(tokens[item.to - 1]!.end, ` AS ${quoteName(item.qualifier)}`);
  return item.qualifier;
}

/** Puts columns in the place of a star; when there are none, a comma goes too. */
function replaceStar(tokens: readonly Token[], star: Star, first: number, columns: string, edits: TextEdits): void {
  const takesBefore = columns === '' && star.from > first && isSign(tokens[star.from - 1], ',');
  const takesAfter = columns === '' && !takesBefore && isSign(tokens[star.to], ',');
  const start = tokens[takesBefore ? star.from - 1 : star.from]!.start;
  edits.remove(start, tokens[takesAfter ? star.to : star.to - 1]!.end);
  edits.insert(start, columns);
}
