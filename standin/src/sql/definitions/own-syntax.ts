import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Statement } from '../text/statement.ts';
import { near, syntaxError } from '../text/syntax-error.ts';

/**
 * Runs statements that were made of the client's. A syntax error in them is thrown as one in the client's own, at the
 * last token of that kind: what comes before it was understood.
 */
export async function withOwnSyntax(statement: Statement, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw error instanceof StatementError ? ownSyntaxError(error, statement) : error;
  }
}

function ownSyntaxError(error: StatementError, statement: Statement): StatementError {
  const [, name] = /^at or near "([\s\S]*)": syntax error$/.exec(error.message) ?? [];
  if (error.fields.code !== SQLSTATE.syntaxError || name === undefined) return error;
  const token = statement.tokens.findLast((each) => near(each) === name);
  return token ? syntaxError(statement, token) : error;
}
