import { listItems } from '../text/brackets.ts';
import { isWord, type Token } from '../text/tokens.ts';
import { keyOf, type TableShape, type TableShapes } from '../translation/table-shape.ts';
import { scopesOf, type Scope } from './scopes.ts';
import { countItems, starsIn } from './stars.ts';

/**
 * Returns the columns that an INSERT without a list writes: as many of the table's visible columns as it has values, or
 * all of them where that is not known.
 */
export function writtenColumns(
  tokens: readonly Token[],
  { rowsAt }: Scope,
  { columns }: TableShape,
  shapes: TableShapes,
): string[] {
  const count = isWord(tokens[rowsAt], 'values')
    ? listItems(tokens, rowsAt + 1).items.length
    : selectedColumns(
        tokens,
        scopesOf(tokens).find(({ verb, from }) => verb === 'select' && from === rowsAt),
        shapes,
      );
  return count === undefined || count > columns.length ? columns : columns.slice(0, count);
}

/** Returns how many columns a SELECT returns; undefined when its tables do not tell. */
function selectedColumns(tokens: readonly Token[], select: Scope | undefined, shapes: TableShapes): number | undefined {
  const list = select?.list;
  if (!list) return undefined;
  const stars = starsIn(tokens, list);
  let count = countItems(tokens, list);
  for (const { qualifier } of stars) {
    const items = select.sources.items.filter((item) => qualifier === undefined || item.qualifier === qualifier);
    if (select.sources.merges) return undefined;
    count--;
    for (const { table } of items) {
      const shape = table && shapes.get(keyOf(table.path));
      if (!shape) return undefined;
      count += shape.columns.length;
    }
  }
  return count;
}
