import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { local, type Local } from '../translation/translation.ts';

/** `SAVEPOINT name` (cockroachlabs.com/docs/stable/savepoint). Throws StatementError. */
export function translateSavepoint(statement: Statement, { session }: Context): Local {
  const reader = new StatementReader(statement);
  reader.expect('savepoint');
  const name = reader.name();
  reader.expectEnd();
  return local('SAVEPOINT', () => session.transaction.savepoint(name));
}
