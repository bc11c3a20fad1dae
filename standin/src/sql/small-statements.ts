import { notHere, SqlError } from '../protocol/problem.ts';
import { columnsOf } from './columns.ts';
import type { Context, Plan } from './plan.ts';
import { planQuery } from './query.ts';
import { quoteText, isWord, type Statement } from './statement.ts';
import { slice } from './table-parts.ts';
import { Words } from './words.ts';

/** EXPLAIN (cockroachlabs.com/docs/stable/explain): PostgreSQL's plan under CockroachDB's column, and it says so. */
export async function planExplain(statement: Statement, context: Context): Promise<Plan> {
  const words = new Words(statement);
  words.need('explain');
  const analyze = words.skip('analyze');
  if (words.skip('(')) {
    const option = words.name();
    if (option === 'format') throw words.wrong();
    throw new SqlError('42601', `at or near "EOF": syntax error: unsupported EXPLAIN option: ${option.toUpperCase()}`);
  }
  const inner = await context.session.plan(
    slice(statement.source, statement.tokens, words.at, statement.tokens.length - 1),
  );
  if (inner.kind !== 'run') throw notHere('EXPLAIN of this statement');
  return {
    ...inner,
    sql: `EXPLAIN (COSTS off${analyze ? ', ANALYZE, TIMING off, BUFFERS off' : ''}) ${inner.sql}`,
    tag: `EXPLAIN${analyze ? ' ANALYZE' : ''} {rows}`,
    columns: columnsOf('info:25'),
    original: undefined,
  };
}

/** PREPARE, EXECUTE and DEALLOCATE (cockroachlabs.com/docs/stable/sql-grammar#prepare_stmt). */
export async function planPrepare(statement: Statement, context: Context): Promise<Plan> {
  const words = new Words(statement);
  if (words.skip('deallocate')) {
    words.skip('prepare');
    return { ...planQuery(statement, context), tag: words.skip('all') ? 'DEALLOCATE ALL' : 'DEALLOCATE' };
  }
  if (words.skip('execute')) return await execute(statement, words, context);
  words.need('prepare');
  if (words.skip('transaction')) throw words.wrong();
  return { ...planQuery(statement, context), tag: 'PREPARE' };
}

async function execute(statement: Statement, words: Words, context: Context): Promise<Plan> {
  const name = words.name();
  const [found] = await context.ask(
    `SELECT cardinality(parameter_types) FROM pg_catalog.pg_prepared_statements WHERE from_sql AND name = ${quoteText(name)}`,
  );
  if (!found) throw new SqlError('26000', `prepared statement "${name}" does not exist`);
  const wanted = Number(found[0]);
  if (words.ended && wanted > 0)
    throw new SqlError(
      '42601',
      `wrong number of parameters for prepared statement "${name}": expected ${wanted}, got 0`,
    );
  return planQuery(statement, context);
}

/** COMMENT ON (cockroachlabs.com/docs/stable/comment-on). */
export function planComment(statement: Statement, context: Context): Plan {
  const kind = statement.tokens[2]?.value.toUpperCase() ?? '';
  if (!['TABLE', 'COLUMN', 'INDEX', 'DATABASE', 'SCHEMA'].includes(kind)) throw new Words(statement).wrong(2);
  return { ...planQuery(statement, context), tag: `COMMENT ON ${kind}` };
}

/** COPY … FROM STDIN (cockroachlabs.com/docs/stable/copy-from); never a file or a program. */
export function planCopy(statement: Statement, context: Context): Plan {
  const at = statement.tokens.findIndex((token) => isWord(token, 'from', 'to'));
  const target = statement.tokens[at + 1];
  const words = new Words(statement);
  if (isWord(statement.tokens[at], 'from') ? !isWord(target, 'stdin') : !isWord(target, 'stdout')) {
    throw words.wrong(isWord(statement.tokens[at], 'to') ? at : at + 1);
  }
  const program = statement.tokens.findIndex((token) => isWord(token, 'program'));
  if (program >= 0) throw new Words(statement).wrong(program);
  if (statement.tokens.some((token) => isWord(token, 'csv'))) throw notHere('COPY of CSV');
  return planQuery(statement, context);
}
