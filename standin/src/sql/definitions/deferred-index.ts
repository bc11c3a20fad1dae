import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Context } from '../translation/context.ts';
import { executeAtOnce } from './at-once.ts';

const MARK = 'SAVEPOINT standin_index';

/**
 * Makes a unique index by these statements. CockroachDB fills an index when the transaction commits: when rows have the
 * same key, it is tried again then, and only then it fails
 * (cockroachlabs.com/docs/stable/online-schema-changes#limitations). An index of a table that the transaction has
 * created, or after a savepoint, fails at once. Throws StatementError.
 */
export async function makeUniqueIndex(table: string, statements: readonly string[], context: Context): Promise<void> {
  const { transaction } = context.session;
  const canWait = transaction.state === 'open' && transaction.savepoints.length === 0;
  if (!canWait || transaction.schema.isNew(table)) return await executeAtOnce(context, statements);
  await context.execute(MARK);
  try {
    await executeAtOnce(context, statements);
  } catch (error) {
    if (!(error instanceof StatementError) || error.fields.code !== SQLSTATE.uniqueViolation) throw error;
    await context.execute(`ROLLBACK TO ${MARK}`);
    transaction.schema.defer(statements.join(';\n'));
  }
  await context.execute(`RELEASE ${MARK}`);
}
