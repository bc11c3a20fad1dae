import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';

/** COMMENT ON (cockroachlabs.com/docs/stable/comment-on). Throws StatementError. */
export function translateComment(statement: Statement, context: Context): Forward {
  const kind = statement.tokens[2]?.value.toUpperCase() ?? '';
  if (!['TABLE', 'COLUMN', 'INDEX', 'DATABASE', 'SCHEMA'].includes(kind))
    throw new StatementReader(statement).syntaxError(2);
  return forward(rewriteForPostgres(statement, context), { tag: `COMMENT ON ${kind}` });
}
