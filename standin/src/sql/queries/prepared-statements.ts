import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';

/** PREPARE, EXECUTE and DEALLOCATE (cockroachlabs.com/docs/stable/sql-grammar#prepare_stmt). Throws StatementError. */
export async function translatePreparedStatement(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  const rewritten = (tag?: string): Forward => forward(rewriteForPostgres(statement, context), { tag });
  if (reader.skip('deallocate')) {
    reader.skip('prepare');
    return rewritten(reader.skip('all') ? 'DEALLOCATE ALL' : 'DEALLOCATE');
  }
  if (reader.skip('execute')) {
    const name = reader.name();
    await requireParameters(name, !reader.atEnd, context);
    return rewritten();
  }
  reader.expect('prepare');
  if (reader.skip('transaction')) throw reader.syntaxError();
  return rewritten('PREPARE');
}

/** Throws StatementError when there is no such statement, or when it has parameters and none are given. */
async function requireParameters(name: string, areGiven: boolean, context: Context): Promise<void> {
  const [found] = await context.query(
    `SELECT crdb_standin.cardinality(parameter_types)
    FROM pg_catalog.pg_prepared_statements
    WHERE from_sql
      AND name = ${quoteText(name)}`,
  );
  if (!found) throw new StatementError(SQLSTATE.invalidSqlStatementName, `prepared statement "${name}" does not exist`);
  const wanted = Number(found[0]);
  if (!areGiven && wanted > 0)
    throw new StatementError(
      SQLSTATE.syntaxError,
      `wrong number of parameters for prepared statement "${name}": expected ${wanted}, got 0`,
    );
}
