import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { isName, isWord } from '../text/tokens.ts';
import type { ColumnTypes } from './expressions/type-of.ts';

const EXPRESSION_INDEXES = 9682;

/**
 * Throws StatementError (featureNotSupported) for an index on an expression in the list whose parenthesis is token
 * `open`: CockroachDB v21.1 has none (sql.y, index_elem).
 */
export function refuseExpressions({ tokens }: Statement, open: number): void {
  for (const { from, to } of listItems(tokens, open).items) {
    const rest = isWord(tokens[to - 1], 'asc', 'desc') ? to - 1 : to;
    if (rest - from !== 1 || !isName(tokens[from])) throw unimplementedSyntax(tokens[to]!, EXPRESSION_INDEXES);
  }
}

/** The columns of an index, and those of its table's primary key. */
interface IndexColumns {
  index: string;
  columns: readonly string[];
  stored: readonly string[];
  key: readonly string[];
}

/** Throws StatementError for a column that an index has twice. */
export function refuseDuplicates({ index, columns, stored, key }: IndexColumns): void {
  const twice = columns.find((column, i) => columns.indexOf(column) < i);
  if (twice !== undefined)
    throw new StatementError(SQLSTATE.uncategorized, `index "${index}" contains duplicate column "${twice}"`);
  for (const [i, column] of stored.entries()) {
    const inKey = key.includes(column);
    if (!inKey && !columns.includes(column) && stored.indexOf(column) === i) continue;
    throw new StatementError(SQLSTATE.duplicateColumn, `index "${index}" already contains column "${column}"`, {
      ...(inKey && { detail: `column "${column}" is part of the primary index and therefore implicit in all indexes` }),
    });
  }
}

/** Throws StatementError (featureNotSupported) for columns that no index can have but an inverted one. */
export function refuseUnindexable(columns: readonly string[], types: ColumnTypes): void {
  const found = columns
    .map((name) => ({ name, type: types.get(name) ?? '' }))
    .filter(({ type }) => type === 'JSONB' || type.endsWith('[]'))
    .map(({ name, type }) => ({ name, type: typeFamily(type) }));
  const [first] = found;
  if (found.length === 1)
    throw unimplemented(`column ${first!.name} is of type ${first!.type} and thus is not indexable`);
  const list = found.map(({ name, type }) => `${name} (type ${type})`).join(', ');
  if (first) throw unimplemented(`the following columns are not indexable due to their type: ${list}`);
}
