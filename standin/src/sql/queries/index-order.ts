import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { precedingWordHere } from '../text/preceding-words.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Expands ORDER BY PRIMARY KEY and ORDER BY INDEX (cockroachlabs.com/docs/stable/order-by). Throws StatementError when
 * the table or the index does not exist.
 *
 *     SELECT * FROM t ORDER BY PRIMARY KEY t, b
 *     SELECT * FROM t ORDER BY "t"."id" ASC, b
 *
 *     SELECT * FROM t ORDER BY INDEX t@by_a DESC
 *     SELECT * FROM t ORDER BY "t"."a" DESC, "t"."id" DESC
 */
export async function expandIndexOrder(statement: Statement, context: Context): Promise<Statement> {
  const { tokens } = statement;
  if (!mentions(tokens, 'index', 'primary')) return statement;
  const edits = new TextEdits(statement.source);
  const known = new Map<string, (string | null)[][]>();
  for (let at = 0; at < tokens.length; at++) {
    const isIndex = isWord(tokens[at], 'index') || (isWord(tokens[at], 'primary') && isWord(tokens[at + 1], 'key'));
    if (!isIndex || !isListItem(tokens, at)) continue;
    const item = readItem(statement, at);
    const key = JSON.stringify([item.path, item.index]);
    const columns = known.get(key) ?? (await orderedColumns(item.path, item.index, context));
    known.set(key, columns);
    const order = columns.map(([name, direction]) => {
      const column = `${quoteName(item.path.at(-1)!)}.${quoteName(name!)}`;
      return `${column} ${(direction === 'DESC') === item.isDescending ? 'ASC' : 'DESC'}`;
    });
    edits.replace(tokens[at]!.start, tokens[item.after - 1]!.end, order.join(', '));
    at = item.after - 1;
  }
  const expanded = edits.apply();
  if (expanded === statement.source) return statement;
  return { ...parseStatement(expanded), translated: statement.translated };
}

/** An item of ORDER BY that stands for the columns of an index; without a name, of the primary key. */
interface IndexItem {
  path: string[];
  index: string | undefined;
  isDescending: boolean;
  /** The index of the token after it. */
  after: number;
}

/** Reads the item that begins at a token. Throws StatementError (syntaxError). */
function readItem(statement: Statement, at: number): IndexItem {
  const reader = new StatementReader(statement);
  reader.at = at;
  const ofKey = reader.skip('primary', 'key');
  if (!ofKey) reader.expect('index');
  const path = reader.path();
  if (!ofKey) reader.expect('@');
  const index = ofKey ? undefined : reader.name();
  const isDescending = reader.oneOf('asc', 'desc') === 'desc';
  return { path, index, isDescending, after: reader.at };
}

const clauseWord = precedingWordHere(['by', 'from', 'select']);

/** Whether an item of ORDER BY that may name an index begins at that token. */
function isListItem(tokens: Token[], at: number): boolean {
  if (isWord(tokens[at - 1], 'by')) return isWord(tokens[at - 2], 'order');
  if (!isSign(tokens[at - 1], ',') || !isName(tokens[at + 1])) return false;
  return isWord(tokens[clauseWord(tokens, at)], 'by');
}

/** The columns of an index with their directions; without a name, those of the primary key. */
async function orderedColumns(
  path: string[],
  index: string | undefined,
  context: Context,
): Promise<(string | null)[][]> {
  const { oid } = await resolveRelation(context, path);
  const columns = await context.query(
    `SELECT column_name, direction
    FROM crdb.index_columns(${oid}::pg_catalog.oid::pg_catalog.regclass)
    WHERE index_name = ${
      index === undefined
        ? `(
      SELECT crdb.index_name(indexrelid, true)
      FROM pg_catalog.pg_index
      WHERE indrelid = ${oid}
        AND indisprimary
    )`
        : quoteText(index)
    }
      AND NOT storing
    ORDER BY seq_in_index`,
  );
  if (columns.length === 0 && index !== undefined)
    throw new StatementError(SQLSTATE.undefinedObject, `index "${index}" does not exist`);
  return columns;
}
