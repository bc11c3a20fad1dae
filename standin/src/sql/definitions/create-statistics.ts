import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { quoteArray, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';

/**
 * `CREATE STATISTICS name [ON column, …] FROM table` (cockroachlabs.com/docs/stable/create-statistics): counts now, and
 * keeps the counts for SHOW STATISTICS; plans do not depend on them. Undefined for any other statement. Throws
 * StatementError.
 */
export function translateStatistics(statement: Statement, context: Context): Local | undefined {
  const reader = new StatementReader(statement);
  if (!reader.skip('create', 'statistics')) return undefined;
  const name = reader.name();
  const columns = reader.skip('on') ? reader.names() : [];
  reader.expect('from');
  const path = reader.path();
  if (!reader.atEnd) throw notSupported('options of CREATE STATISTICS');
  return local('CREATE STATISTICS', async () => {
    const { oid, kind } = await resolveRelation(context, path);
    if (kind !== 'r') throw new StatementError(SQLSTATE.wrongObjectType, `"${path.at(-1)}" is not a table`);
    await requireColumns(oid, columns, context);
    await context.execute(`SELECT crdb.create_statistics(${oid}, ${quoteText(name)}, ${quoteArray(columns)})`);
  });
}

/** Throws StatementError (undefinedColumn) for the first of these that the table does not have. */
async function requireColumns(oid: string, columns: string[], context: Context): Promise<void> {
  if (columns.length === 0) return;
  const rows = await context.query(`
    SELECT attname
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attnum > 0
      AND NOT attisdropped`);
  const known = new Set(rows.flat());
  const missing = columns.find((column) => !known.has(column));
  if (missing !== undefined) throw new StatementError(SQLSTATE.undefinedColumn, `column "${missing}" does not exist`);
}
