import { notHere, SqlError } from '../protocol/problem.ts';
import { rewriteColumn } from './column-definition.ts';
import type { Context, Plan, RunPlan } from './plan.ts';
import { rewriteCommon } from './query.ts';
import { localName, resolveRelation } from './relation.ts';
import { isWord, quoteName, quoteText, type Statement } from './statement.ts';
import { slice } from './table-parts.ts';
import { Words } from './words.ts';

const REFUSED = [
  'split',
  'unsplit',
  'scatter',
  'configure',
  'relocate',
  'inject',
  'partition',
  'experimental_audit',
  'set',
];

/** ALTER TABLE, VIEW, SEQUENCE and INDEX (cockroachlabs.com/docs/stable/alter-table, alter-index). */
export async function planAlterTable(statement: Statement, context: Context): Promise<Plan | undefined> {
  const words = new Words(statement);
  words.need('alter');
  const kind = words.one('table', 'view', 'sequence', 'index', 'type', 'schema');
  if (!kind) throw words.wrong();
  if (kind === 'index') return alterIndex(words, context);
  words.skip('if', 'exists');
  const path = words.path();
  const verb = words.token;
  if (kind === 'table' && isWord(verb, ...REFUSED) && !isWord(words.peek(1), 'schema'))
    throw notHere(`ALTER TABLE … ${verb.value.toUpperCase()}`);
  if (
    kind === 'table' &&
    isWord(verb, 'enable', 'disable', 'inherit', 'cluster', 'replica', 'attach', 'detach', 'force')
  )
    throw words.wrong();
  if (isWord(verb, 'rename') && isWord(words.peek(1), 'to'))
    return run(
      statement,
      context,
      kind === 'type' || kind === 'schema' ? `ALTER ${kind.toUpperCase()}` : `RENAME ${kind.toUpperCase()}`,
    );
  if (isWord(verb, 'owner')) return run(statement, context, `ALTER ${kind.toUpperCase()} OWNER`);
  if (kind !== 'table') return run(statement, context, `ALTER ${kind.toUpperCase()}`);
  return await alter(words, path, statement, context);
}

async function alterChecked(words: Words, path: string[], context: Context): Promise<void> {
  if (isWord(words.token, 'alter') && isWord(words.peek(1), 'primary'))
    throw notHere('ALTER TABLE … ALTER PRIMARY KEY');
  if (isWord(words.token, 'drop') && isWord(words.peek(1), 'constraint')) {
    const name = words.peek(isWord(words.peek(2), 'if') ? 4 : 2)?.value ?? '';
    const [found] = await context.ask(
      `SELECT 1 FROM pg_catalog.pg_constraint WHERE contype = 'u' AND conname = ${quoteText(name)} AND conrelid = pg_catalog.to_regclass(${quoteText(localName(context, path))})`,
    );
    if (found)
      throw new SqlError(
        '0A000',
        `unimplemented: cannot drop UNIQUE constraint "${name}" using ALTER TABLE DROP CONSTRAINT, use DROP INDEX CASCADE instead`,
      );
  }
  if (isWord(words.token, 'drop') && !isWord(words.peek(1), 'constraint')) {
    const column = words.peek(isWord(words.peek(1), 'column') ? 2 : 1);
    if (context.session.variables.get('sql_safe_updates') === 'on')
      throw new SqlError(
        '01000',
        'rejected (sql_safe_updates = true): ALTER TABLE DROP COLUMN will remove all data in that column',
      );
    const { oid } = await resolveRelation(context, path);
    const [[key] = []] = await context.ask(`SELECT array_to_json(crdb.key_columns(${oid}::oid::regclass))`);
    if (column && (JSON.parse(key ?? '[]') as string[]).includes(column.value))
      throw new SqlError('42P10', `column "${column.value}" is referenced by the primary key`);
  }
}

async function alter(words: Words, path: string[], statement: Statement, context: Context): Promise<RunPlan> {
  await alterChecked(words, path, context);
  if (isWord(words.token, 'alter') && statement.tokens.some((token) => isWord(token, 'type')))
    await checkTypeChange(statement, path, context);
  const edits = rewriteCommon(statement, context);
  for (const [i, token] of statement.tokens.entries()) {
    if (!isWord(token, 'add') || isWord(statement.tokens[i + 1], 'constraint', 'primary', 'unique', 'foreign', 'check'))
      continue;
    let at = i + 1;
    if (isWord(statement.tokens[at], 'column')) at++;
    if (isWord(statement.tokens[at], 'if')) at += 3;
    addColumn(
      slice(statement.source, statement.tokens, at, statement.tokens.length - 1),
      statement.tokens[at]!.start,
      edits,
    );
    context.session.transaction.noteColumn(statement.tokens[at]!.value);
  }
  return { kind: 'run', sql: edits.apply(), original: (position) => edits.original(position), tag: 'ALTER TABLE' };
}

/** The column's own changes, at its place in the statement. */
function addColumn(column: Statement, offset: number, edits: ReturnType<typeof rewriteCommon>): void {
  const shifted = {
    replace: (from: number, to: number, text: string) => edits.replace(from + offset, to + offset, text),
  } as typeof edits;
  rewriteColumn(column, shifted);
}

async function checkTypeChange(statement: Statement, path: string[], context: Context): Promise<void> {
  if (context.session.variables.get('enable_experimental_alter_column_type_general') === 'on') return;
  const at = statement.tokens.findIndex((token) => isWord(token, 'type'));
  const column = statement.tokens[at - (isWord(statement.tokens[at - 1], 'data') ? 3 : 1)]!;
  const { oid } = await resolveRelation(context, path);
  const [from] = await context.ask(
    `SELECT pg_catalog.format_type(atttypid, NULL), atttypmod FROM pg_catalog.pg_attribute WHERE attrelid = ${oid} AND attname = '${column.value.replaceAll("'", "''")}'`,
  );
  const to = statement.tokens[at + 1]?.value ?? '';
  if (!from) return;
  const wider = ['text', 'character varying'].includes(from[0]!) && ['varchar', 'string', 'text'].includes(to);
  const size = Number(statement.tokens[at + 3]?.value ?? Infinity) + 4;
  if (wider && (Number(from[1]) === -1 ? true : size >= Number(from[1]))) return;
  const name = (type: string): string =>
    ({ bigint: 'int', integer: 'int', text: 'string', 'character varying': 'varchar', numeric: 'decimal' })[type] ??
    type;
  throw new SqlError('0A000', `ALTER COLUMN TYPE from ${name(from[0]!)} to ${to} is only supported experimentally`, {
    hint: 'you can enable alter column type general support by running `SET enable_experimental_alter_column_type_general = true`',
  });
}

function run(statement: Statement, context: Context, tag: string): RunPlan {
  const edits = rewriteCommon(statement, context);
  return { kind: 'run', sql: edits.apply(), original: (position) => edits.original(position), tag };
}

function alterIndex(words: Words, context: Context): Plan {
  words.skip('if', 'exists');
  const path = words.path();
  const index = words.skip('@') ? words.name() : path.at(-1)!;
  const table = words.statement.tokens.some((token) => token.value === '@') ? path.at(-1)! : undefined;
  if (!words.skip('rename', 'to')) throw notHere(`ALTER INDEX … ${words.token.value.toUpperCase()}`);
  const to = words.name();
  words.end();
  const from = index === 'primary' && table !== undefined ? `${table}_pkey` : index;
  return {
    kind: 'run',
    sql: `ALTER INDEX ${localName(context, [from])} RENAME TO ${quoteName(to)}`,
    tag: 'RENAME INDEX',
  };
}
