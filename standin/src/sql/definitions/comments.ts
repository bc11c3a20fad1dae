import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { isSign } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';

/**
 * COMMENT ON (cockroachlabs.com/docs/stable/comment-on). Throws StatementError.
 *
 *     COMMENT ON INDEX t@i IS 'fast'
 *     COMMENT ON INDEX i IS 'fast'
 */
export function translateComment(statement: Statement, context: Context): Forward {
  const { tokens } = statement;
  const kind = tokens[2]?.value.toUpperCase() ?? '';
  if (!['TABLE', 'COLUMN', 'INDEX', 'DATABASE', 'SCHEMA'].includes(kind))
    throw new StatementReader(statement).syntaxError(2);
  const edits = rewriteForPostgres(statement, context);
  const at = tokens.findIndex((token) => isSign(token, '@'));
  if (kind === 'INDEX' && at > 0) edits.remove(tokens[at - 1]!.start, tokens[at]!.end);
  return forward(edits, { tag: `COMMENT ON ${kind}` });
}
