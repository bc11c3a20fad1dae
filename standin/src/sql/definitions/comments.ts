import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { findIndex, noSuchIndex, readIndexName } from './find-index.ts';

/**
 * COMMENT ON (cockroachlabs.com/docs/stable/comment-on). Throws StatementError.
 *
 *     COMMENT ON INDEX t@i IS 'fast'
 *     COMMENT ON INDEX public.i IS 'fast'
 */
export async function translateComment(statement: Statement, context: Context): Promise<Forward> {
  const { tokens } = statement;
  const kind = tokens[2]?.value.toUpperCase() ?? '';
  if (!['TABLE', 'COLUMN', 'INDEX', 'DATABASE', 'SCHEMA'].includes(kind))
    throw new StatementReader(statement).syntaxError(2);
  const edits = rewriteForPostgres(statement, context);
  if (kind === 'INDEX') {
    const reader = new StatementReader(statement);
    reader.at = 3;
    const name = readIndexName(reader);
    const index = await findIndex(name, context);
    if (!index) throw noSuchIndex(name.index);
    edits.remove(tokens[3]!.start, reader.peek(-1)!.end);
    edits.insert(tokens[3]!.start, index.name);
  }
  return forward(edits, { tag: `COMMENT ON ${kind}` });
}
