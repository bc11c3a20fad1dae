import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { nameConstraints } from '../definitions/constraint-names.ts';
import { pathAt } from '../rewriting/object-names.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { orderRows } from '../row-order/order-rows.ts';
import type { TableShapes } from '../translation/table-shape.ts';
import { namedRelations } from '../time-travel/named-relations.ts';
import { replaceVirtualTables } from '../virtual-tables/replace-tables.ts';
import { expandColumnNumbers } from './column-numbers.ts';
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
  if (!expanded.translated && !statement.isExplained) orderRows(expanded, await shapesOf(expanded, context), edits);
  await replaceVirtualTables(expanded, edits, context);
  return {
    ...forward(edits),
    ...(isWord(statement.tokens[0], 'truncate') && { tag: 'TRUNCATE' }),
    // Positions in the expanded text do not match the statement.
    ...(expanded !== statement && { original: undefined }),
    rewordError: hiddenColumnError,
  };
}

/** Returns the shapes of the tables whose rows a statement returns or copies. */
async function shapesOf(statement: Statement, context: Context): Promise<TableShapes> {
  const reads = isWord(statement.tokens[0], 'select', 'with', 'insert', 'table') || statement.tokens[0]?.value === '(';
  const { paths } = reads ? namedRelations(statement) : { paths: [] };
  return paths.length ? await context.session.shapes(paths, context) : new Map();
}

/** Returns the qualified name of the table into which rows are inserted; empty when none are. */
function targetOf({ tokens }: Statement): string[] {
  const into = tokens.findIndex((token) => isWord(token, 'into'));
  return into < 0 ? [] : pathAt(tokens, into + 1);
}

/**
 * In CockroachDB, tables without a primary key have a hidden column `rowid`. PostgreSQL has no hidden columns, so the
 * error becomes a refusal.
 */
function hiddenColumnError(error: ErrorFields): ErrorFields {
  return error.code === SQLSTATE.undefinedColumn && /"(\w+\.)?rowid"/.test(error.message)
    ? notSupported('the hidden column rowid').fields
    : error;
}
