import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { TextEdits } from '../text/text-edits.ts';
import type { Context } from '../translation/context.ts';
import { requireDatabase } from '../translation/lookups.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { nameConstraints } from './constraint-names.ts';
import { findIndex, noSuchIndex, readIndexName } from './find-index.ts';

const KINDS = ['TABLE', 'COLUMN', 'INDEX', 'CONSTRAINT', 'DATABASE', 'SCHEMA'];

/**
 * COMMENT ON (cockroachlabs.com/docs/stable/comment-on). Throws StatementError.
 *
 *     COMMENT ON INDEX t@i IS 'fast'
 *     COMMENT ON INDEX public.i IS 'fast'
 */
export async function translateComment(statement: Statement, context: Context): Promise<Forward> {
  const kind = statement.tokens[2]?.value.toUpperCase() ?? '';
  if (!KINDS.includes(kind)) throw new StatementReader(statement).syntaxError(2);
  const edits = rewriteForPostgres(statement, context);
  const reader = new StatementReader(statement);
  reader.at = 3;
  if (kind === 'DATABASE') await requireDatabase(context, reader.token.value);
  if (kind === 'INDEX') await nameIndex(reader, edits, context);
  if (kind === 'CONSTRAINT') {
    reader.name();
    reader.expect('on');
    await nameConstraints(statement, reader.path(), edits, context);
  }
  return forward(edits, { tag: `COMMENT ON ${kind}` });
}

async function nameIndex(reader: StatementReader, edits: TextEdits, context: Context): Promise<void> {
  const { start } = reader.token;
  const name = readIndexName(reader);
  const index = await findIndex(name, context);
  if (!index) throw noSuchIndex(name.index);
  edits.remove(start, reader.peek(-1)!.end);
  edits.insert(start, index.name);
}
