import { bracketDepths, closingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { orderWindow } from './order-windows.ts';
import { orderOf, scannedIndex, type OrderColumn } from './scan-order.ts';
import { selectBlocks, type SelectBlock } from './select-blocks.ts';
import { readsOneRow } from './single-row.ts';
import { keyOf, type TableShapes } from '../translation/table-shape.ts';

/** Aggregates whose result depends on the order of the rows. */
const ORDERED = `array_agg string_agg concat_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg`.split(' ');
const AGGREGATES = [
  ...ORDERED,
  ...`count sum avg min max bool_and bool_or every bit_and bit_or xor_agg stddev stddev_pop stddev_samp variance var_pop
  var_samp sum_int sqrdiff count_rows corr covar_pop covar_samp regr_slope regr_intercept regr_r2 regr_count regr_avgx
  regr_avgy regr_sxx regr_syy regr_sxy percentile_cont percentile_disc mode string_agg`.split(/\s+/),
];

/**
 * Has rows come in the order in which CockroachDB reads them when nobody asks for another: that of the primary key, or
 * of the index that it scans (cockroachlabs.com/docs/stable/order-by). PostgreSQL returns them as they lie on its disk.
 * A join comes in the order of its first table, and groups in the order of their first rows.
 *
 *     SELECT name FROM users LIMIT 3
 *     SELECT name FROM users ORDER BY "users"."id" LIMIT 3
 *
 * `replaced` are the aliases of tables that queries, already in order, have replaced.
 *
 *     SELECT string_agg(name, ', ') FROM users
 *     SELECT string_agg(name, ', ' ORDER BY "users"."id") FROM users
 */
export function orderRows(
  { tokens }: Statement,
  shapes: TableShapes,
  edits: TextEdits,
  replaced: ReadonlySet<Token> = new Set(),
): void {
  if (!shapes.size) return;
  const blocks = selectBlocks(tokens);
  const owners = ownersOf(blocks);
  for (const block of blocks) {
    if (readsOneRow(block, tokens, shapes)) continue;
    const order = orderOfBlock(block, tokens, shapes, replaced);
    if (!order.length) continue;
    const { clauses } = block;
    const callsOf = (names: readonly string[]): number[] =>
      callsIn(block, tokens, names).filter((i) => owners[i] === block);
    for (const at of callsOf(ORDERED)) orderAggregate(tokens, at, order, edits);
    const windows = windowsOf(block, tokens).filter((i) => owners[i] === block);
    if (block.tables.length === 1 && block.readsTablesOnly && !clauses.has('group'))
      for (const at of windows) orderWindow(tokens, at, textOf(order.map(bySorting)), edits);
    const hasWindow = tokens.slice(block.all.from, block.orderAt).some((token) => isWord(token, 'over'));
    if (hasWindow || saysOrder(block, tokens, shapes)) continue;
    const isDistinct = isWord(tokens[block.list.from], 'distinct');
    const isSummary = clauses.has('having') || callsOf(AGGREGATES).length > 0;
    const before = tokens[block.orderAt - 1]!;
    if (clauses.has('group') || (isDistinct && !isSummary)) {
      const groups = groupsByFirstRow(block, tokens, order, edits);
      if (groups !== undefined) edits.insert(before.end, groups);
    } else if (!isSummary && !isDistinct) {
      const list = block.isPage ? textOf(order) : textOf(order.map(bySorting));
      edits.insert(before.end, `${clauses.has('order') ? ',' : ' ORDER BY'} ${list} `);
    }
  }
}

/** Returns the innermost SELECT around each token. */
function ownersOf(blocks: readonly SelectBlock[]): (SelectBlock | undefined)[] {
  const owners: (SelectBlock | undefined)[] = [];
  const outerFirst = blocks.toSorted((one, other) => one.all.from - other.all.from);
  for (const block of outerFirst) owners.length = Math.max(owners.length, block.all.to);
  for (const block of outerFirst) owners.fill(block, block.all.from, block.all.to);
  return owners;
}

/** Returns the indexes of the word OVER in the SELECT. */
function windowsOf({ all }: SelectBlock, tokens: readonly Token[]): number[] {
  const found: number[] = [];
  for (let i = all.from; i < all.to; i++) if (isWord(tokens[i], 'over')) found.push(i);
  return found;
}

function textOf(order: readonly OrderColumn[]): string {
  return order.map(({ column, direction }) => column + direction).join(', ');
}

/**
 * Has PostgreSQL sort what it has found: to read all rows through the index would take ten times as long, because it
 * locks each of them.
 */
function bySorting({ column, direction }: OrderColumn): OrderColumn {
  return { column: `coalesce(${column}, ${column})`, direction };
}

/**
 * Returns ORDER BY for the groups of one table, and makes groups of DISTINCT; undefined where other words order them.
 *
 *     SELECT DISTINCT city FROM users
 *     SELECT  city FROM users GROUP BY 1 ORDER BY crdb_standin.first_row(ROW("users"."id"))
 */
function groupsByFirstRow(
  { list, clauses, tables, readsTablesOnly }: SelectBlock,
  tokens: readonly Token[],
  order: readonly OrderColumn[],
  edits: TextEdits,
): string | undefined {
  if (clauses.has('order') || clauses.has('for') || tables.length > 1 || !readsTablesOnly) return undefined;
  const firsts = firstRow(order);
  const [distinct, next] = tokens.slice(list.from);
  const orderBy = ` ORDER BY ${firsts} `;
  if (!isWord(distinct, 'distinct')) return orderBy;
  const items = tokens.slice(list.from + 1, list.to);
  const hasStar = items.some(
    (token, i) => isSign(token, '*') && (i === 0 || isSign(items[i - 1], ',') || isSign(items[i - 1], '.')),
  );
  if (clauses.has('group') || clauses.has('having') || isWord(next, 'on') || hasStar) return undefined;
  const depths = bracketDepths(items);
  const count = items.filter((token, i) => depths[i] === 0 && isSign(token, ',')).length + 1;
  edits.replace(distinct!.start, distinct!.end, '');
  return ` GROUP BY ${Array.from({ length: count }, (_, i) => i + 1).join(', ')}${orderBy}`;
}

/** Returns by what groups are ordered. By the least row, PostgreSQL can group types that have no order. */
function firstRow(order: readonly OrderColumn[]): string {
  const columns = order.map(({ column }) => column).join(', ');
  if (order.every(({ direction }) => direction === '')) return `crdb_standin.first_row(ROW(${columns}))`;
  return order
    .map(({ column, direction }) => `(pg_catalog.array_agg(${column} ORDER BY ${textOf(order)}))[1]${direction}`)
    .join(', ');
}

function orderOfBlock(
  block: SelectBlock,
  tokens: readonly Token[],
  shapes: TableShapes,
  replaced: ReadonlySet<Token>,
): OrderColumn[] {
  const used = tokens.slice(block.all.from, block.all.to);
  const where = block.where ? tokens.slice(block.where.from, block.where.to) : [];
  const order: OrderColumn[] = [];
  const isJoin = block.tables.length > 1 || !block.readsTablesOnly;
  for (const { path, alias } of block.tables) {
    const shape = replaced.has(alias) ? undefined : shapes.get(keyOf(path));
    const index = isJoin ? shape?.indexes[0] : shape && scannedIndex(shape, used, where);
    if (!index) break;
    order.push(...orderOf(index, shape!, alias));
  }
  return order;
}

/** Whether the statement orders the rows of a table by its whole key, so that nothing is left to say. */
function saysOrder({ all, clauses, tables }: SelectBlock, tokens: readonly Token[], shapes: TableShapes): boolean {
  const [first] = tables;
  const key = first && tables.length === 1 ? shapes.get(keyOf(first.path))?.indexes[0]?.columns : undefined;
  if (!clauses.has('order') || !key) return false;
  const own = tokens.slice(all.from, all.to);
  const named = new Set(
    own
      .slice(own.findLastIndex((token) => isWord(token, 'order')))
      .filter(isName)
      .map(({ value }) => value),
  );
  return key.every(({ name }) => named.has(name));
}

/** Returns the indexes of the names of these functions where the SELECT calls them, but not as window functions. */
function callsIn({ list, all }: SelectBlock, tokens: readonly Token[], names: readonly string[]): number[] {
  return tokens.slice(list.from, all.to).flatMap((token, place) => {
    const i = list.from + place;
    if (!isName(token) || !names.includes(token.value) || !isSign(tokens[i + 1], '(')) return [];
    return isWord(tokens[closingBracket(tokens, i + 1) + 1], 'over') ? [] : [i];
  });
}

/** Adds an order to the arguments of an aggregate that has none. */
function orderAggregate(tokens: readonly Token[], at: number, order: readonly OrderColumn[], edits: TextEdits): void {
  const close = closingBracket(tokens, at + 1);
  const inside = tokens.slice(at + 2, close);
  if (close < 0 || !inside.length || isWord(inside[0], 'distinct')) return;
  if (inside.some((token) => isWord(token, 'order', 'select'))) return;
  edits.insert(tokens[close - 1]!.end, ` ORDER BY ${textOf(order)}`);
}
