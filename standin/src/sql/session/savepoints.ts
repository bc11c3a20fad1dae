import { columnsOf } from '../../protocol/columns.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { local, type Local } from '../translation/translation.ts';

/**
 * `SAVEPOINT name` (cockroachlabs.com/docs/stable/savepoint). In a failed transaction, where nothing else but its end
 * is allowed, setting `cockroach_restart` once more rolls back to it. Throws StatementError.
 */
export function translateSavepoint(statement: Statement, { session }: Context): Local {
  const reader = new StatementReader(statement);
  reader.expect('savepoint');
  const name = reader.name();
  reader.expectEnd();
  const { transaction, variables } = session;
  if (transaction.state !== 'aborted')
    return local('SAVEPOINT', () => transaction.savepoint(name, variables.get('force_savepoint_restart') === 'on'));
  return local('ROLLBACK', () => transaction.rollbackTo(name));
}

/** Whether the statement sets a savepoint that is set already, and whose release commits. */
export function repeatsRestart(statement: Statement, { session }: Context): boolean {
  const [verb, name] = statement.tokens;
  const known = session.transaction.savepoints.findLast((savepoint) => savepoint.name === name?.value);
  return isWord(verb, 'savepoint') && known?.commitsOnRelease === true;
}

/** `SHOW SAVEPOINT STATUS` (cockroachlabs.com/docs/stable/show-savepoint-status). Throws StatementError. */
export function showSavepoints(reader: StatementReader, { session }: Context): Local {
  reader.expectEnd();
  const columns = columnsOf({ savepoint_name: 'text', is_initial_savepoint: 'bool' });
  return {
    kind: 'local',
    columns,
    execute: () => {
      const rows = session.transaction.savepoints.map(({ name, isInitial }) => [name, isInitial ? 't' : 'f']);
      return { tag: `SHOW SAVEPOINT STATUS ${rows.length}`, columns, rows };
    },
  };
}
