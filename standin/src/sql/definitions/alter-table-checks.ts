import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { actionRanges } from './action-ranges.ts';
import { checkDropColumn, checkDropStored, checkRenameColumn } from './column-dependents.ts';
import { checkNewKey, readsKey } from './new-key-checks.ts';
import { checkTypeChange } from './type-changes.ts';

/**
 * Throws StatementError for what CockroachDB refuses in ALTER TABLE. The actions begin at token `from`; the table is
 * `path`.
 */
export async function checkAlteration(
  statement: Statement,
  from: number,
  path: string[],
  context: Context,
): Promise<void> {
  const actions = actionRanges(statement, from).map(([start, end]) => substatement(statement, start, end));
  const addsKey = actions.some(readsKey);
  const gone = new Set<string>();
  for (const action of actions) {
    const reader = new StatementReader(action);
    if (reader.skip('alter')) {
      await checkTypeChange(action.tokens, path, context);
      await checkDropStored(reader, path, context);
    } else if (reader.skip('drop', 'constraint')) {
      reader.skip('if', 'exists');
      await checkDropConstraint(reader.token.value, path, addsKey, context);
    } else if (reader.skip('drop')) await checkDropColumn(reader, path, gone, context);
    else if (reader.skip('rename') && !isWord(reader.token, 'to', 'constraint'))
      await checkRenameColumn(reader, path, context);
    else if (reader.skip('add')) await checkNewKey(action, path, context);
  }
}

async function checkDropConstraint(name: string, path: string[], addsKey: boolean, context: Context): Promise<void> {
  const [found] = await context.query(
    `SELECT k.contype, k.conrelid, c.relname
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    WHERE CASE k.contype WHEN 'p' THEN crdb.index_name(k.conindid, true) ELSE crdb.plain_name(k.conname) END
        = ${quoteText(name)}
      AND k.contype IN ('p', 'u')
      AND k.conrelid = crdb_standin.to_regclass(${quoteText(localName(context, path))})`,
  );
  if (found?.[0] === 'u')
    throw unimplemented(
      `cannot drop UNIQUE constraint "${name}" using ALTER TABLE DROP CONSTRAINT, use DROP INDEX CASCADE instead`,
    );
  // A later statement of the transaction may add the new key.
  if (found?.[0] === 'p' && !addsKey && context.session.transaction.state !== 'open')
    throw new StatementError(
      SQLSTATE.featureNotSupported,
      `relation "${found[2]}" (${found[1]}): unimplemented: primary key dropped without subsequent addition of new ` +
        'primary key in same transaction',
    );
}
