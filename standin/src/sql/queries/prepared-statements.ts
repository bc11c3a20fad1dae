import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { hideColumns, shapesOf } from '../hidden-columns/hide-columns.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { listItems } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, local, type Forward, type Local, type Translation } from '../translation/translation.ts';
import { checkPlaceholders } from './query-checks.ts';

/** PREPARE, EXECUTE and DEALLOCATE (cockroachlabs.com/docs/stable/sql-grammar#prepare_stmt). Throws StatementError. */
export async function translatePreparedStatement(statement: Statement, context: Context): Promise<Translation> {
  const reader = new StatementReader(statement);
  const rewritten = (tag?: string): Forward => forward(rewriteForPostgres(statement, context), { tag });
  if (reader.skip('deallocate')) return deallocate(reader, context);
  if (reader.skip('execute')) {
    const name = reader.name();
    const { items } = listItems(statement.tokens, reader.at);
    await requireParameters(name, items.length, context);
    return rewritten();
  }
  reader.expect('prepare');
  if (reader.skip('transaction')) throw reader.syntaxError();
  checkUntyped(reader);
  const edits = rewriteForPostgres(statement, context);
  hideColumns(statement, await shapesOf(statement, context), edits);
  return forward(edits, { tag: 'PREPARE' });
}

/** Drops statements, however they were prepared. Throws StatementError when there is none with that name. */
function deallocate(reader: StatementReader, { execute, session }: Context): Local {
  reader.skip('prepare');
  const all = reader.skip('all');
  const name = all ? '' : reader.name();
  reader.expectEnd();
  return local(all ? 'DEALLOCATE ALL' : 'DEALLOCATE', async () => {
    if (all) {
      session.deallocateAll();
      await execute('DEALLOCATE ALL');
    } else if (!(await session.deallocate(name))) await execute(`DEALLOCATE ${quoteName(name)}`);
  });
}

/** Throws StatementError for `PREPARE p AS SELECT $1`: nothing tells the type of the placeholder. */
function checkUntyped(reader: StatementReader): void {
  reader.name();
  const { statement, at } = reader;
  const end = statement.tokens.length - 1;
  if (reader.skip('as') && isWord(reader.token, 'select')) checkPlaceholders(substatement(statement, at + 1, end));
}

/** Throws StatementError when there is no such statement, or when it does not have that many parameters. */
async function requireParameters(name: string, given: number, context: Context): Promise<void> {
  const [found] = await context.query(
    `SELECT crdb_standin.cardinality(parameter_types)
    FROM pg_catalog.pg_prepared_statements
    WHERE name = ${quoteText(name)}`,
  );
  if (!found) throw new StatementError(SQLSTATE.invalidSqlStatementName, `prepared statement "${name}" does not exist`);
  const wanted = Number(found[0]);
  if (given !== wanted)
    throw new StatementError(
      SQLSTATE.syntaxError,
      `wrong number of parameters for prepared statement "${name}": expected ${wanted}, got ${given}`,
    );
}
