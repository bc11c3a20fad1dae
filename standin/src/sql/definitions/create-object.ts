import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, local, type Forward, type Translation } from '../translation/translation.ts';
import { withFullName } from './existing-name.ts';
import { takeName } from './free-name.ts';
import { isVirtual } from './schema-names.ts';
import { requireTemporaryTables } from './temporary-tables.ts';
import { createView } from './views.ts';

/** What CockroachDB parses after CREATE and answers with `unimplemented`. */
const UNIMPLEMENTED =
  `trigger rule server tablespace language aggregate operator publication subscription foreign cast collation
  conversion policy procedure function text access transform event group`.split(/\s+/);

/**
 * CREATE VIEW, SEQUENCE, SCHEMA and TYPE (cockroachlabs.com/docs/stable/create-view, create-sequence, create-schema,
 * create-type). Throws StatementError for other objects.
 */
export function translateCreateObject(statement: Statement, context: Context): Translation {
  return withFullName(translateObject(statement, context), statement, context);
}

function translateObject(statement: Statement, context: Context): Translation {
  const reader = new StatementReader(statement);
  reader.expect('create');
  const orReplace = reader.skip('or', 'replace');
  const kind = reader.token.value;
  takeNameOf(statement, context);
  const created = (): Forward =>
    forward(rewriteForPostgres(statement, context), { tag: `CREATE ${kind.toUpperCase()}` });
  const view = createView(reader, context);
  if (view) return view;
  if (isWord(reader.token, 'sequence')) checkSequence(statement);
  if (isWord(reader.token, 'temp', 'temporary') && isWord(reader.peek(1), 'sequence')) {
    requireTemporaryTables(context);
    checkSequence(statement);
    return forward(rewriteForPostgres(statement, context), { tag: 'CREATE SEQUENCE' });
  }
  if (!orReplace && reader.skip('sequence')) return created();
  if (!orReplace && reader.skip('schema')) return createdAlready(reader) ?? created();
  if (reader.skip('type')) {
    if (!statement.tokens.some((token) => isWord(token, 'enum')))
      throw notSupported('CREATE TYPE of anything but an ENUM');
    return created();
  }
  if (reader.skip('extension')) {
    reader.skip('if', 'not', 'exists');
    throw unimplemented(`extension "${reader.name()}" is not yet supported`);
  }
  if (UNIMPLEMENTED.includes(kind)) throw unimplementedSyntax(reader.peek(1) ?? reader.token);
  throw notSupported(`CREATE ${kind.toUpperCase()}`);
}

/** What becomes of CREATE SCHEMA for one that every database has. Throws StatementError (duplicateSchema). */
function createdAlready(reader: StatementReader): Translation | undefined {
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const name = reader.token.value;
  if (!isVirtual(name)) return undefined;
  if (!ifNotExists) throw new StatementError(SQLSTATE.duplicateSchema, `schema "${name}" already exists`);
  return local('CREATE SCHEMA', () => undefined);
}

/** Throws StatementError (featureNotSupported) for options of sequences that CockroachDB or the stand-in lacks. */
function checkSequence({ tokens }: Statement): void {
  if (tokens.some((token) => isWord(token, 'virtual'))) throw notSupported('virtual sequences');
  if (tokens.some((token, i) => isWord(token, 'cycle') && !isWord(tokens[i - 1], 'no', 'sequence', 'exists')))
    throw unimplemented('CYCLE option is not supported');
}

/** Checks and records the name of a new view or sequence. */
function takeNameOf(statement: Statement, context: Context): void {
  const reader = new StatementReader(statement);
  reader.skip('create');
  reader.oneOf('materialized', 'temp', 'temporary');
  const kind = reader.skip('view') ? 'view' : reader.skip('sequence') ? 'sequence' : undefined;
  if (!kind) return;
  reader.skip('if', 'not', 'exists');
  takeName(kind, reader.path(), context);
}
