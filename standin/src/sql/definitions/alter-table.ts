import { notSupported } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { checkAlteration } from './alter-table-checks.ts';
import { translateAlterIndex } from './alter-index.ts';
import { rewriteColumn } from './column-definition.ts';

/** What CockroachDB can do with tables and the stand-in cannot. */
const NOT_SUPPORTED = 'split unsplit scatter configure relocate inject partition experimental_audit set'.split(' ');
/** What PostgreSQL can do with tables and CockroachDB cannot. */
const NOT_IN_COCKROACHDB = 'enable disable inherit cluster replica attach detach force'.split(' ');

/**
 * ALTER TABLE, VIEW, SEQUENCE, TYPE, SCHEMA and INDEX (cockroachlabs.com/docs/stable/alter-table, alter-index). Throws
 * StatementError.
 */
export async function translateAlter(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.expect('alter');
  const kind = reader.oneOf('table', 'view', 'sequence', 'index', 'type', 'schema');
  if (!kind) throw reader.syntaxError();
  if (kind === 'index') return translateAlterIndex(reader, context);
  reader.skip('if', 'exists');
  const path = reader.path();
  const verb = reader.token;
  const next = reader.peek(1);
  if (kind === 'table') {
    if (isWord(verb, ...NOT_SUPPORTED) && !isWord(next, 'schema'))
      throw notSupported(`ALTER TABLE … ${verb.value.toUpperCase()}`);
    if (isWord(verb, ...NOT_IN_COCKROACHDB)) throw reader.syntaxError();
  }
  const altered = (tag: string): Forward => forward(rewriteForPostgres(statement, context), { tag });
  const object = kind.toUpperCase();
  if (isWord(verb, 'rename') && isWord(next, 'to')) {
    if (kind === 'table' || kind === 'view' || kind === 'sequence')
      context.session.transaction.schema.noteRenamed(path.at(-1)!);
    return altered(kind === 'type' || kind === 'schema' ? `ALTER ${object}` : `RENAME ${object}`);
  }
  if (isWord(verb, 'owner')) return altered(`ALTER ${object} OWNER`);
  if (kind !== 'table') return altered(`ALTER ${object}`);
  await checkAlteration(reader, path, context);
  return forward(editsOfTable(statement, context), { tag: 'ALTER TABLE' });
}

/** Returns the edits of ALTER TABLE: the columns that it adds are rewritten, and recorded in the transaction. */
function editsOfTable(statement: Statement, context: Context): TextEdits {
  const { tokens } = statement;
  const edits = rewriteForPostgres(statement, context);
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, 'add') || isWord(tokens[i + 1], 'constraint', 'primary', 'unique', 'foreign', 'check')) continue;
    let at = i + 1;
    if (isWord(tokens[at], 'column')) at++;
    if (isWord(tokens[at], 'if')) at += 3;
    rewriteColumnAt(statement, at, edits, context);
    context.session.transaction.schema.noteColumn(tokens[at]!.value);
  }
  return edits;
}

/** Rewrites the column whose definition begins at that token and ends with the statement. */
function rewriteColumnAt(statement: Statement, at: number, edits: TextEdits, context: Context): void {
  const column = substatement(statement, at, statement.tokens.length - 1);
  const offset = statement.tokens[at]!.start;
  const replace = (from: number, to: number, text: string): void => edits.replace(from + offset, to + offset, text);
  rewriteColumn(column, { replace }, context);
}
