import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Context } from '../sql/translation/context.ts';
import type { Translation } from '../sql/translation/translation.ts';
import { repeatsRestart } from '../sql/session/savepoints.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import { translateStatement, translateTransactionControl } from '../sql/translate-statement.ts';
import type { Backend } from './backend.ts';
import type { Transaction } from './transaction.ts';

/**
 * Returns how a statement is carried out in the current state of the transaction. Throws StatementError when that
 * state, or the statement itself, does not allow it.
 */
export async function translateInState(
  statement: Statement,
  context: Context,
  transaction: Transaction,
): Promise<Translation> {
  const { state } = transaction;
  const control = translateTransactionControl(statement, context);
  if (control && (state !== 'committed' || control.afterCommit)) return control;
  if (state === 'committed') throw ignored(SQLSTATE.invalidTransactionState, 'committed');
  if (state === 'aborted' && !repeatsRestart(statement, context) && !isObserver(statement)) {
    await checkSyntax(statement, transaction.backend);
    throw ignored(SQLSTATE.inFailedSqlTransaction, 'aborted');
  }
  return await translateStatement(statement, context);
}

/** Whether a statement only tells of the session, which CockroachDB does even in a failed transaction. */
function isObserver({ tokens: [first, second, third] }: Statement): boolean {
  return isWord(first, 'show') && isWord(second, 'savepoint', 'last') && isWord(third, 'status', 'query');
}

function ignored(code: string, state: string): StatementError {
  const message = `current transaction is ${state}, commands ignored until end of transaction block`;
  return new StatementError(code, message);
}

/** In a failed transaction CockroachDB still parses statements and reports syntax errors. */
async function checkSyntax({ source }: Statement, backend: Backend): Promise<void> {
  if (backend.status !== 'E' || !/^(select|insert|update|delete)\b/i.test(source)) return;
  await backend.rows(source).catch((error: unknown) => {
    if (error instanceof StatementError && error.fields.code === SQLSTATE.syntaxError) throw error;
  });
}
