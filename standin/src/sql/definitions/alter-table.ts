import { notSupported } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName } from '../translation/relation.ts';
import { forward, local, type Forward, type Translation } from '../translation/translation.ts';
import { withOwnSyntax } from './own-syntax.ts';
import { actionRanges } from './action-ranges.ts';
import { executeAtOnce } from './at-once.ts';
import { alterationOf } from './alter-actions.ts';
import { checkAlteration } from './alter-table-checks.ts';
import { alterPrimaryKey } from './alter-primary-key.ts';
import { translateAlterIndex } from './alter-index.ts';
import { columnDefaults, columnTypes } from './column-types.ts';
import { nameConstraints } from './constraint-names.ts';
import { renameRelation } from './rename-relation.ts';
import { isVirtual, requireOwnSchema } from './schema-names.ts';

/** What CockroachDB can do with tables and the stand-in cannot. */
const NOT_SUPPORTED = 'split unsplit scatter configure relocate inject partition experimental_audit set'.split(' ');
/** What PostgreSQL can do with tables and CockroachDB cannot. */
const NOT_IN_COCKROACHDB = 'enable disable inherit cluster replica attach detach force'.split(' ');

/**
 * ALTER TABLE, VIEW, SEQUENCE, TYPE, SCHEMA and INDEX (cockroachlabs.com/docs/stable/alter-table, alter-index). Throws
 * StatementError.
 */
export async function translateAlter(statement: Statement, context: Context): Promise<Translation> {
  const reader = new StatementReader(statement);
  reader.expect('alter');
  const kind = reader.oneOf('table', 'view', 'sequence', 'index', 'type', 'schema');
  if (isWord(reader.token, 'range', 'partition')) throw notSupported(`ALTER ${reader.token.value.toUpperCase()}`);
  if (!kind) throw reader.syntaxError();
  if (kind === 'index') return translateAlterIndex(reader, context);
  const ifExists = reader.skip('if', 'exists');
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
      return renameRelation(reader, { kind, path, ifExists }, context);
    if (kind === 'schema') requireOwnSchema(path.at(-1)!, path.at(-1) === 'public' ? 'rename' : 'modify');
    return altered(`ALTER ${object}`);
  }
  if (kind === 'schema' && isVirtual(path.at(-1)!)) requireOwnSchema(path.at(-1)!, 'modify');
  if (isWord(verb, 'owner')) return altered(`ALTER ${object} OWNER`);
  if (kind !== 'table') return altered(`ALTER ${object}`);
  if (ifExists && !(await relationExists(path, context))) return local('ALTER TABLE', () => undefined);
  if (isWord(verb, 'alter') && isWord(next, 'primary')) return alterPrimaryKey(reader, path, context);
  return await alterTable(reader, path, context);
}

/** Carries out what PostgreSQL does not keep after the ALTER TABLE itself. */
async function alterTable(reader: StatementReader, path: string[], context: Context): Promise<Translation> {
  const { statement } = reader;
  await checkAlteration(statement, reader.at, path, context);
  const keepsText = statement.tokens.some((token) => isWord(token, 'add', 'default', 'type', 'stored'));
  const types = keepsText ? await columnTypes(path, context) : new Map<string, string>();
  const changesType = statement.tokens.some((token) => isWord(token, 'type'));
  const defaults = changesType ? await columnDefaults(path, context) : new Map<string, string>();
  const { edits, hasActions, before, after, notices } = alterationOf(
    statement,
    reader.at,
    path,
    { types, defaults },
    context,
  );
  await nameConstraints(statement, path, edits, context);
  const inTurn = renamesInTurn(statement, reader.at, edits);
  if (inTurn) return local('ALTER TABLE', () => executeAtOnce(context, [...before, ...inTurn, ...after]), notices);
  if (before.length + after.length === 0) return forward(edits, { tag: 'ALTER TABLE', notices });
  return local(
    'ALTER TABLE',
    () =>
      withOwnSyntax(statement, () =>
        executeAtOnce(context, [...before, ...(hasActions ? [edits.apply().replace(/,\s*$/, '')] : []), ...after]),
      ),
    notices,
  );
}

/**
 * PostgreSQL renames in statements of their own. Returns one statement for each action when a column is renamed among
 * several; undefined otherwise.
 */
function renamesInTurn(statement: Statement, from: number, edits: TextEdits): string[] | undefined {
  const { tokens } = statement;
  const ranges = actionRanges(statement, from);
  if (ranges.length === 1 || !ranges.some(([start]) => isWord(tokens[start], 'rename'))) return undefined;
  const head = edits.apply(0, tokens[from - 1]!.end);
  return ranges
    .map(([start, end]) => edits.apply(tokens[start]!.start, tokens[end - 1]!.end))
    .filter((action) => action.trim() !== '')
    .map((action) => `${head} ${action}`);
}

async function relationExists(path: string[], context: Context): Promise<boolean> {
  return await anyRow(
    context,
    `SELECT 1 WHERE crdb_standin.to_regclass(${quoteText(localName(context, path))}) IS NOT NULL`,
  );
}
