import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { localName, resolveRelation } from '../translation/relation.ts';
import type { Forward } from '../translation/translation.ts';

/** REFRESH MATERIALIZED VIEW (cockroachlabs.com/docs/stable/views#materialized-views). Throws StatementError. */
export async function translateRefresh(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.expect('refresh', 'materialized', 'view');
  // PostgreSQL's CONCURRENTLY needs a unique index; the result is the same without.
  reader.skip('concurrently');
  const path = reader.path();
  const isEmpty = reader.skip('with', 'no', 'data');
  if (!isEmpty) reader.skip('with', 'data');
  reader.expectEnd();
  await resolveRelation(context, path);
  return {
    kind: 'forward',
    sql: `REFRESH MATERIALIZED VIEW ${localName(context, path)}${isEmpty ? ' WITH NO DATA' : ''}`,
    tag: 'REFRESH MATERIALIZED VIEW',
  };
}
