import { closingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { orderOf, scannedIndex } from './scan-order.ts';
import { selectBlocks, type SelectBlock } from './select-blocks.ts';
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
 * A join comes in the order of its first table.
 *
 *     SELECT name FROM users WHERE age > 20 LIMIT 3
 *     SELECT name FROM users WHERE age > 20 ORDER BY "users"."id" LIMIT 3
 *
 *     SELECT string_agg(name, ', ') FROM users
 *     SELECT string_agg(name, ', ' ORDER BY "users"."id") FROM users
 */
export function orderRows({ tokens }: Statement, shapes: TableShapes, edits: TextEdits): void {
  if (!shapes.size) return;
  for (const block of selectBlocks(tokens)) {
    const order = orderOfBlock(block, tokens, shapes);
    if (!order.length) continue;
    const isGrouped = block.clauses.has('group') || block.clauses.has('having');
    const aggregates = callsIn(block, tokens, AGGREGATES);
    for (const at of callsIn(block, tokens, ORDERED)) orderAggregate(tokens, at, order, edits);
    const isDistinct = isWord(tokens[block.list.from], 'distinct');
    const hasWindow = tokens.slice(block.all.from, block.orderAt).some((token) => isWord(token, 'over'));
    if (saysOrder(block, tokens, shapes)) continue;
    if (isGrouped || aggregates.length || isDistinct || hasWindow) continue;
    const before = tokens[block.orderAt - 1]!;
    edits.insert(before.end, `${block.clauses.has('order') ? ',' : ' ORDER BY'} ${order.join(', ')} `);
  }
}

function orderOfBlock(block: SelectBlock, tokens: readonly Token[], shapes: TableShapes): string[] {
  const used = tokens.slice(block.all.from, block.all.to);
  const where = block.where ? tokens.slice(block.where.from, block.where.to) : [];
  const order: string[] = [];
  // The first rows of a table are quickly found through the index.
  const isPage = block.clauses.has('limit') && !block.where && !block.clauses.has('order');
  const isJoin = block.tables.length > 1 || !block.readsTablesOnly;
  for (const { path, alias } of block.tables) {
    const shape = shapes.get(keyOf(path));
    const index = isJoin ? shape?.indexes[0] : shape && scannedIndex(shape, used, where);
    if (!index) break;
    order.push(...orderOf(index, shape!, alias, isJoin || !isPage));
  }
  return order;
}

/** Whether the statement orders the rows of a table by its whole key, so that nothing is left to say. */
function saysOrder({ all, clauses, tables }: SelectBlock, tokens: readonly Token[], shapes: TableShapes): boolean {
  const [first] = tables;
  const key = first && tables.length === 1 ? shapes.get(keyOf(first.path))?.indexes[0]?.columns : undefined;
  if (!clauses.has('order') || !key) return false;
  const from = tokens.findLastIndex((token, i) => i > all.from && i < all.to && isWord(token, 'order'));
  const named = new Set(
    tokens
      .slice(from, all.to)
      .filter(isName)
      .map(({ value }) => value),
  );
  return key.every(({ name }) => named.has(name));
}

/** Returns the indexes of the names of these functions where the SELECT calls them, but not as window functions. */
function callsIn({ list, all }: SelectBlock, tokens: readonly Token[], names: readonly string[]): number[] {
  return tokens.flatMap((token, i) => {
    const isInside = i >= list.from && i < (list.to > i ? list.to : all.to);
    if (!isInside || !isName(token) || !names.includes(token.value) || !isSign(tokens[i + 1], '(')) return [];
    return isWord(tokens[closingBracket(tokens, i + 1) + 1], 'over') ? [] : [i];
  });
}

/** Adds an order to the arguments of an aggregate that has none. */
function orderAggregate(tokens: readonly Token[], at: number, order: readonly string[], edits: TextEdits): void {
  const close = closingBracket(tokens, at + 1);
  const inside = tokens.slice(at + 2, close);
  if (close < 0 || !inside.length || isWord(inside[0], 'distinct')) return;
  if (inside.some((token) => isWord(token, 'order', 'select'))) return;
  edits.insert(tokens[close - 1]!.end, ` ORDER BY ${order.join(', ')}`);
}
