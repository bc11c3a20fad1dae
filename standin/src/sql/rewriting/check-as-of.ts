import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { beginsAsOf } from '../time-travel/as-of-clause.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Throws StatementError for an AS OF SYSTEM TIME that is left in a statement when its own has been taken: it is in a
 * subquery, or in a statement that cannot read the past.
 */
export function checkAsOf({ tokens }: Statement, { session }: Context): void {
  if (!mentions(tokens, 'system')) return;
  if (!tokens.some((token, i) => isWord(token, 'system') && beginsAsOf(tokens, i - 2))) return;
  if (isWord(tokens[0], 'prepare')) throw notSupported('AS OF SYSTEM TIME in PREPARE');
  if (session.transaction.readTime) throw unimplemented('cannot specify AS OF SYSTEM TIME with different timestamps');
  throw new StatementError(SQLSTATE.syntaxError, 'AS OF SYSTEM TIME must be provided on a top-level statement');
}
