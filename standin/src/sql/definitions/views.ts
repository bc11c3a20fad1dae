import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { hideColumns, shapesOf } from '../hidden-columns/hide-columns.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { listItems, topLevelWord } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isName, isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { withOwnSyntax } from './own-syntax.ts';
import { requireTemporaryTables } from './temporary-tables.ts';
import { viewText } from './view-text.ts';

/** Kinds of views and how CREATE names them. */
const HEADS = [['view'], ['materialized', 'view'], ['temp', 'view'], ['temporary', 'view']] as const;

/**
 * CREATE VIEW (cockroachlabs.com/docs/stable/create-view); undefined for another object. Its query is noted for SHOW
 * CREATE as CockroachDB prints it. A constant that is a whole column is INT8. Throws StatementError.
 *
 *     VIEW IF NOT EXISTS v AS SELECT a, 1 FROM t
 *     CREATE VIEW "v" AS SELECT a, 1::int8 FROM t
 */
export function createView(reader: StatementReader, context: Context): Local | undefined {
  const { statement } = reader;
  const head = HEADS.find((words) => reader.skip(...words));
  if (!head) return undefined;
  if (head[0].startsWith('temp')) requireTemporaryTables(context);
  const existsAt = reader.at;
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const pathAt = reader.at;
  const path = reader.path();
  const as = topLevelWord(statement.tokens, ['as'], reader.at);
  if (as < 0) throw reader.syntaxError();
  const end = statement.tokens.length - 1;
  const columns = listItems(statement.tokens, reader.at).items.length;
  const viewQuery = substatement(statement, as + 1, end);
  refuseStars(viewQuery);
  refuseStatements(viewQuery);
  return local('CREATE VIEW', async () => {
    const name = localName(context, path);
    const exists = `SELECT 1 WHERE crdb_standin.to_regclass(${quoteText(name)}) IS NOT NULL`;
    if (ifNotExists && (await anyRow(context, exists))) return;
    const edits = rewriteForPostgres(statement, context);
    hideColumns(statement, await shapesOf(statement, context), edits);
    if (ifNotExists) edits.replace(statement.tokens[existsAt]!.start, statement.tokens[pathAt]!.start, '');
    const text = await viewText(viewQuery, context);
    const note = `SELECT crdb.note_view(${quoteText(name)}::pg_catalog.regclass, ${quoteText(text)})`;
    // In one text, and so one transaction: the check undoes the definition.
    const sql = [edits.apply(), note, ...(columns > 0 ? [checkOfColumns(name, columns)] : [])].join('; ');
    await withOwnSyntax(statement, () => context.execute(sql));
  });
}

/** Returns a query that fails when a view has more columns than its list names. */
function checkOfColumns(view: string, named: number): string {
  const told = `CREATE VIEW specifies ${named} column name${named === 1 ? '' : 's'}, but data source has `;
  return `
    SELECT crdb_standin.fail('${SQLSTATE.syntaxError}', ${quoteText(told)} || pg_catalog.count(*) || ' columns', 0)
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${quoteText(view)}::pg_catalog.regclass
      AND attnum > 0
    HAVING pg_catalog.count(*) > ${named}`;
}

/** Throws StatementError for a query that reads what another statement returns. */
function refuseStatements({ tokens }: Statement): void {
  for (const [i, token] of tokens.entries()) {
    const verb = tokens[i + 1];
    if (!isSign(token, '[') && !isSign(token, '(')) continue;
    if (isWord(verb, 'insert', 'upsert', 'update', 'delete'))
      throw new StatementError(
        SQLSTATE.syntaxError,
        `${verb!.value.toUpperCase()} cannot be used inside a view definition`,
      );
    if (isSign(token, '[') && isWord(verb, 'show', 'explain')) throw notSupported('SHOW inside a view');
  }
}

/** Throws StatementError (featureNotSupported) for a query whose columns depend on those of a table. */
function refuseStars({ tokens }: Statement): void {
  const isList = (at: number): boolean =>
    isSign(tokens[at], ',') || isWord(tokens[at], 'select', 'distinct', 'all', 'returning');
  const hasStar = tokens.some((token, i) => {
    if (isWord(token, 'table')) return i === 0 || isSign(tokens[i - 1], '(');
    if (!isSign(token, '*')) return false;
    let first = i;
    while (isSign(tokens[first - 1], '.') && isName(tokens[first - 2])) first -= 2;
    return isList(first - 1);
  });
  if (hasStar)
    throw unimplemented('views do not currently support * expressions', {
      hint:
        'You have attempted to use a feature that is not yet implemented.\n' +
        'See: https://go.crdb.dev/issue-v/10028/v21.1',
    });
}
