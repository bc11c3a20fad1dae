import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import type { Forward } from '../translation/translation.ts';

/**
 * EXPLAIN and EXPLAIN ANALYZE (cockroachlabs.com/docs/stable/explain): PostgreSQL's plan, in a column with
 * CockroachDB's name. Throws StatementError for a statement that the stand-in carries out itself.
 *
 *     EXPLAIN SELECT x::STRING FROM t
 *     EXPLAIN (COSTS off) SELECT x::text FROM t
 */
export async function translateExplain(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.expect('explain');
  const analyze = reader.skip('analyze');
  if (reader.skip('(')) throw unknownOption(reader);
  const inner = { ...substatement(statement, reader.at, statement.tokens.length - 1), isExplained: true };
  const translation = await context.session.translate(inner, context);
  if (translation.kind !== 'forward') throw notSupported('EXPLAIN of this statement');
  const options = analyze ? 'COSTS off, ANALYZE, TIMING off, BUFFERS off' : 'COSTS off';
  return {
    ...translation,
    sql: `EXPLAIN (${options}) ${translation.sql}`,
    tag: `EXPLAIN${analyze ? ' ANALYZE' : ''} {rows}`,
    columns: columnsOf({ info: 'text' }),
    original: undefined,
  };
}

function unknownOption(reader: StatementReader): StatementError {
  const option = reader.name();
  if (option === 'format') return reader.syntaxError();
  return new StatementError(
    SQLSTATE.syntaxError,
    `at or near "EOF": syntax error: unsupported EXPLAIN option: ${option.toUpperCase()}`,
  );
}
