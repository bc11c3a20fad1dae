import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { isMarked } from '../databases/foreign-rows.ts';
import { nameConstraints } from '../definitions/constraint-names.ts';
import { pathAt } from '../rewriting/object-names.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { orderRows } from '../row-order/order-rows.ts';
import { replaceVirtualTables } from '../virtual-tables/replace-tables.ts';
import { expandColumnNumbers } from './column-numbers.ts';
import { hideColumns, shapesOf } from '../hidden-columns/hide-columns.ts';
import { checkQuery } from './query-checks.ts';
import { checkIndexHints } from './index-hint-checks.ts';
import { expandIndexOrder } from './index-order.ts';
import { refuseUnimplemented } from './refused-syntax.ts';
import { expandRowSources } from './row-sources.ts';
import { expandSingleTuples } from './single-tuples.ts';
import { expandTupleParts } from './tuple-parts.ts';

/**
 * SELECT, INSERT, UPDATE, DELETE and similar statements (cockroachlabs.com/docs/stable/selection-queries, insert,
 * update, delete). Throws StatementError.
 */
export async function translateQuery(statement: Statement, context: Context): Promise<Forward> {
  checkQuery(statement, context);
  refuseUnimplemented(statement);
  await checkIndexHints(statement, context);
  const numbered = await expandColumnNumbers(await expandRowSources(statement, context), context);
  const expanded = expandTupleParts(expandSingleTuples(await expandIndexOrder(numbered, context)));
  const edits = rewriteForPostgres(expanded, context);
  if (isWord(statement.tokens[0], 'insert', 'with'))
    await nameConstraints(expanded, targetOf(expanded), edits, context);
  const shapes = await shapesOf(expanded, context);
  const { replaced, stars } = hideColumns({ ...expanded, isExplained: statement.isExplained }, shapes, edits);
  if (!expanded.translated && !statement.isExplained) orderRows(expanded, shapes, edits, replaced);
  await replaceVirtualTables(expanded, edits, context);
  return {
    ...forward(edits),
    ...(isWord(statement.tokens[0], 'truncate') && { tag: 'TRUNCATE' }),
    // Positions in the expanded text do not match the statement.
    ...(expanded !== statement && { original: undefined }),
    rewordError: (error) => hiddenColumnError(error, statement),
    ...(stars.length && { stars: stars.join('; ') }),
  };
}

/** Returns the qualified name of the table into which rows are inserted; empty when none are. */
function targetOf({ tokens }: Statement): string[] {
  const into = tokens.findIndex((token) => isWord(token, 'into'));
  return into < 0 ? [] : pathAt(tokens, into + 1);
}

/** The rows of another database come without hidden columns. */
function hiddenColumnError(error: ErrorFields, statement: Statement): ErrorFields {
  return error.code === SQLSTATE.undefinedColumn && /"(\w+\.)?rowid"/.test(error.message) && isMarked(statement)
    ? notSupported('the hidden column rowid of a table in another database').fields
    : error;
}
