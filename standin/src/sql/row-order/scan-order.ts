import { quoteName } from '../text/quoting.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { IndexShape, TableShape } from '../translation/table-shape.ts';

const COMPARES = ['=', '<', '>', '<=', '>='];

/**
 * Returns the index that CockroachDB reads for a scan of a table (cockroachlabs.com/docs/stable/cost-based-optimizer):
 * the primary key if it limits the scan, else another index that does, else the narrowest that has all columns. `used`
 * are the tokens of the query, `where` those of its WHERE.
 */
export function scannedIndex(
  table: TableShape,
  used: readonly Token[],
  where: readonly Token[],
): IndexShape | undefined {
  const [primary, ...others] = table.indexes;
  if (!primary) return undefined;
  const constraint = (index: IndexShape): 'equal' | 'range' | undefined => constraintOn(index.columns[0]!.name, where);
  if (constraint(primary)) return primary;
  const needed = neededColumns(table, used);
  const covers = (index: IndexShape): boolean => needed.every((name) => columnsOf(index, primary).includes(name));
  const equal = others.find((index) => constraint(index) === 'equal');
  if (equal) return equal;
  const range = others.find((index) => constraint(index) === 'range' && covers(index));
  if (range) return range;
  let narrowest = primary;
  const width = (index: IndexShape): number =>
    index === primary ? table.columns.length : columnsOf(index, primary).length;
  for (const index of others) if (covers(index) && width(index) < width(narrowest)) narrowest = index;
  return narrowest;
}

/** A column by which rows are ordered. */
export interface OrderColumn {
  /** With its table. */
  column: string;
  /** As ORDER BY has it after the column: empty, or with a space in front. */
  direction: string;
}

/** Returns by what the rows of an index are ordered: its columns, then those of the primary key. */
export function orderOf(index: IndexShape, table: TableShape, alias: Token): OrderColumn[] {
  const [primary] = table.indexes;
  const own = new Set(index.columns.map(({ name }) => name));
  const shardOf = ({ shard }: IndexShape): IndexShape['columns'] =>
    shard === undefined ? [] : [{ name: shard, descending: false, nullable: false }];
  const key = primary && primary !== index ? [...shardOf(primary), ...primary.columns] : [];
  const columns = [...shardOf(index), ...index.columns, ...key.filter(({ name }) => !own.has(name))];
  return columns.map(({ name, descending, nullable }) => {
    const nulls = nullable ? (descending ? ' NULLS LAST' : ' NULLS FIRST') : '';
    return {
      column: `${quoteName(alias.value)}.${quoteName(name)}`,
      direction: `${descending ? ' DESC' : ''}${nulls}`,
    };
  });
}

function columnsOf(index: IndexShape, primary: IndexShape): string[] {
  const names = [...index.columns, ...primary.columns].map(({ name }) => name);
  return [...new Set([...names, ...index.stored])];
}

/** Returns the columns of the table that a query mentions: all of them for `*`. */
function neededColumns(table: TableShape, used: readonly Token[]): string[] {
  const readsAll = used.some((token, i) => {
    const before = used[i - 1];
    const isList = isWord(before, 'select', 'all') || isSign(before, ',') || isSign(before, '.');
    return isSign(token, '*') && isList;
  });
  if (readsAll) return table.columns;
  const named = new Set(used.filter(isName).map(({ value }) => value));
  return [...table.columns, ...table.hidden].filter((name) => named.has(name));
}

/** Returns how WHERE limits a column; undefined when it does not, as far as its text tells. */
function constraintOn(column: string, where: readonly Token[]): 'equal' | 'range' | undefined {
  let found: 'equal' | 'range' | undefined;
  for (const [i, token] of where.entries()) {
    if (!isName(token) || token.value !== column || isSign(where[i + 1], '.')) continue;
    const first = isSign(where[i - 1], '.') ? i - 2 : i;
    const before = where[first - 1];
    const after = where[i + 1];
    if (isSign(after, '=') || isWord(after, 'in', 'is') || isSign(before, '=')) return 'equal';
    const isCompared = [before, after].some((sign) => sign?.kind === 'sign' && COMPARES.includes(sign.value));
    if (isCompared || isWord(after, 'between', 'like')) found = 'range';
  }
  return found;
}
