import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Checks the index hints of a query, which are then left out
 * (cockroachlabs.com/docs/stable/table-expressions#force-index-selection). Throws StatementError for an index that the
 * table does not have, and for a hint that would refuse the query by its plan.
 *
 *     SELECT * FROM t@nosuch              index "nosuch" not found
 *     SELECT * FROM t@{NO_FULL_SCAN}      unimplemented: …
 */
export async function checkIndexHints(statement: Statement, context: Context): Promise<void> {
  const { tokens } = statement;
  if (!mentions(tokens, '@')) return;
  if (!isWord(tokens[0], 'select', 'insert', 'update', 'delete', 'with') && !isSign(tokens[0], '(')) return;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (!isSign(token, '@') || !isName(before) || before.end !== token.start) continue;
    const index = readHint(statement, i + 1);
    if (index !== undefined && index !== 'primary') await requireIndex(pathBefore(tokens, i), index, context);
  }
}

/** Returns the name of the index that a hint forces; undefined when it forces none. */
function readHint(statement: Statement, at: number): string | undefined {
  const reader = new StatementReader(statement);
  reader.at = at;
  if (isSign(reader.token, '[')) throw notSupported('an index hint with the id of an index');
  if (!reader.skip('{')) return isName(reader.token) ? reader.name() : undefined;
  let index: string | undefined;
  do {
    if (reader.skip('force_index', '=')) {
      if (isSign(reader.token, '[')) throw notSupported('an index hint with the id of an index');
      index = reader.name();
    } else if (reader.skip('no_full_scan')) throw notSupported('the hint NO_FULL_SCAN');
    else if (!reader.oneOf('asc', 'desc', 'no_index_join', 'ignore_foreign_keys')) throw reader.syntaxError();
  } while (reader.skip(','));
  if (!isSign(reader.token, '}')) throw reader.syntaxError();
  return index;
}

/** The parts of the qualified name that ends before a token. */
function pathBefore(tokens: readonly Token[], end: number): string[] {
  const path = [tokens[end - 1]!.value];
  for (let i = end - 2; isSign(tokens[i], '.') && isName(tokens[i - 1]); i -= 2) path.unshift(tokens[i - 1]!.value);
  return path;
}

/** A table that does not exist is left to PostgreSQL. */
async function requireIndex(path: string[], index: string, context: Context): Promise<void> {
  const table = `crdb_standin.to_regclass(${quoteText(localName(context, path))})`;
  const [[isMissing] = []] = await context.query(
    `SELECT ${table} IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_index
        WHERE indrelid = ${table}
          AND crdb.index_name(indexrelid, indisprimary) = ${quoteText(index)}
      )`,
  );
  if (isMissing === 't') throw new StatementError(SQLSTATE.uncategorized, `index "${index}" not found`);
}
