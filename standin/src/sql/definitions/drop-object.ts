import { unimplemented, type ErrorFields } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { relationExists, resolveRelation } from '../translation/relation.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { requireOwnSchema } from './schema-names.ts';

/** What CockroachDB parses after DROP and answers with `unimplemented`. */
const UNIMPLEMENTED =
  `aggregate cast collation conversion domain extension foreign function language operator publication rule server
  subscription text trigger`.split(/\s+/);

/**
 * DROP TABLE, VIEW, SEQUENCE, SCHEMA and TYPE (cockroachlabs.com/docs/stable/drop-table, drop-view, drop-sequence,
 * drop-schema, drop-type). Throws StatementError.
 */
export async function translateDropObject(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.expect('drop');
  if (reader.skip('owned')) throw unimplemented('drop owned by is not yet implemented');
  if (isWord(reader.token, ...UNIMPLEMENTED)) throw unimplementedSyntax(reader.peek(1) ?? reader.token);
  reader.skip('materialized');
  const kind = reader.oneOf('table', 'view', 'sequence', 'schema', 'type');
  if (!kind) throw reader.syntaxError();
  const ifExists = reader.skip('if', 'exists');
  const paths = reader.paths();
  if (kind === 'type' && isWord(reader.token, 'cascade')) throw unimplemented('DROP TYPE CASCADE is not yet supported');
  const { transaction } = context.session;
  if (kind === 'schema') for (const path of paths) requireOwnSchema(path.at(-1)!, 'drop');
  const isRelation = kind !== 'schema' && kind !== 'type';
  if (isRelation && !ifExists) for (const path of paths) await resolveRelation(context, path);
  if (isRelation && transaction.state === 'open')
    for (const path of paths) if (await relationExists(context, path)) transaction.schema.noteDropped(path.at(-1)!);
  return forward(rewriteForPostgres(statement, context), {
    tag: `DROP ${kind.toUpperCase()}`,
    rewordError: (error) => withDatabase(error, context),
  });
}

/** Completes the names of what still depends on a type. */
function withDatabase(error: ErrorFields, { database }: Context): ErrorFields {
  const [, before, names, after] = /^(cannot drop type .*\(\[)(.*)(\]\) still depend on it)$/.exec(error.message) ?? [];
  if (names === undefined) return error;
  const full = names.split(' ').map((name) => `${database}.${name}`);
  return { ...error, message: `${before}${full.join(' ')}${after}` };
}
