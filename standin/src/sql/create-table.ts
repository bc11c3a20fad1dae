import { notHere, SqlError } from '../protocol/problem.ts';
import { rewriteColumn } from './column-definition.ts';
import { indexStatement } from './index-definition.ts';
import type { Context, Plan } from './plan.ts';
import { planQuery, rewriteCommon } from './query.ts';
import { localName, mustExist } from './relation.ts';
import { isSign, isWord, quoteText, type Statement } from './statement.ts';
import { kindOfPart, listParts } from './table-parts.ts';
import { Words } from './words.ts';
import { rewriteTypes } from './types.ts';

const TEMPORARY_HINT =
  "See: https://go.crdb.dev/issue-v/46260/v21.1\n--\nYou can enable temporary tables by running `SET experimental_enable_temp_tables = 'on'`.";

/**
 * CREATE TABLE (cockroachlabs.com/docs/stable/create-table, create-table-as); its indexes become statements of their
 * own.
 */
export function planCreateTable(statement: Statement, context: Context): Plan | undefined {
  const words = new Words(statement);
  words.need('create');
  const isTemporary = words.skip('temp', 'table') || words.skip('temporary', 'table');
  if (isTemporary && context.session.variables.get('experimental_enable_temp_tables') !== 'on')
    throw new SqlError('0A000', 'temporary tables are only supported experimentally', { hint: TEMPORARY_HINT });
  words.skip('unlogged');
  if (!isTemporary && !words.skip('table')) return undefined;
  const lenient = words.skip('if', 'not', 'exists');
  const path = words.path();
  const open = words.at;
  if (!isSign(words.token, '(')) return words.skip('as') ? createAs(statement, context) : refuse(words);
  const { parts, after } = listParts(statement, open);
  if (isWord(statement.tokens[after], 'as')) return createAs(statement, context);
  if (after < statement.tokens.length - 1)
    throw notHere(`CREATE TABLE … ${statement.tokens[after]!.value.toUpperCase()}`);
  if (parts.some((part) => part.tokens.length === 1))
    throw new Words({ ...statement, tokens: statement.tokens.slice(after - 1) }).wrong();
  return { kind: 'act', act: async () => await create(parts, path, { lenient, isTemporary }, context) };
}

function refuse(words: Words): never {
  throw words.wrong();
}

function createAs(statement: Statement, context: Context): Plan {
  return { ...planQuery(statement, context), tag: 'CREATE TABLE AS' };
}

async function create(
  parts: Statement[],
  path: string[],
  { lenient, isTemporary }: { lenient: boolean; isTemporary: boolean },
  context: Context,
): Promise<{ tag: string }> {
  const name = localName(context, path);
  await mustExist(context);
  if (context.session.transaction.droppedTables.has(path.at(-1)!))
    throw new SqlError('55000', `table "${path.at(-1)}" is being dropped, try again later`);
  const [found] = await context.ask(
    `SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = pg_catalog.to_regclass(${quoteText(name)}) AND n.nspname !~ '^(pg_|crdb|information_schema)'`,
  );
  if (found && lenient) return { tag: 'CREATE TABLE' };
  if (found) throw new SqlError('42P07', `relation "${context.database}.${found[0]}.${path.at(-1)}" already exists`);
  const inner = parts.filter((part) => ['column', 'constraint', 'like'].includes(kindOfPart(part)));
  const indexes = parts.filter((part) => kindOfPart(part) === 'index');
  const names = inner.filter((part) => kindOfPart(part) === 'column').map((part) => part.tokens[0]!.value);
  const twice = names.find((column, i) => names.indexOf(column) !== i);
  if (twice !== undefined)
    throw new SqlError(
      '42701',
      `relation "${path.at(-1)}" (${await nextId(context)}): duplicate column name: "${twice}"`,
    );
  const sizes = inner.map((part) => stringSize(part)).filter((size) => size !== undefined);
  for (const size of sizes) await context.ask(`SELECT crdb.need_string(${size})`);
  const table = `CREATE ${isTemporary ? 'TEMP ' : ''}TABLE ${name} (${inner.map((part) => definition(part, context)).join(', ')})`;
  const families = parts
    .filter((part) => kindOfPart(part) === 'family')
    .map((part, place) => familyStatement(part, place, name));
  await context.tell([table, ...indexes.map((part) => indexStatement(part, path, context)), ...families].join(';\n'));
  return { tag: 'CREATE TABLE' };
}

async function nextId(context: Context): Promise<string> {
  const [[id] = []] = await context.ask('SELECT max(oid) FROM pg_catalog.pg_class');
  return id ?? '0';
}

/** One column or constraint. */
export function definition(part: Statement, context: Context): string {
  const kind = kindOfPart(part);
  const edits = rewriteCommon(part, context);
  if (kind === 'column') {
    rewriteTypes(asColumn(part), edits, 'int8');
    rewriteColumn(part, edits);
  }
  if (kind === 'constraint') dropDirections(part, edits);
  return edits.apply();
}

/** `FAMILY [name] (columns)`: kept for SHOW CREATE only; here it changes nothing. */
function familyStatement(part: Statement, place: number, table: string): string {
  const named = !isSign(part.tokens[1], '(');
  const columns = listParts(part, named ? 2 : 1).parts.map((column) => quoteText(column.tokens[0]!.value));
  const family = named
    ? part.tokens[1]!.value
    : `fam_${place}_${listParts(part, 1)
        .parts.map((column) => column.tokens[0]!.value)
        .join('_')}`;
  return `SELECT crdb.note_family(${quoteText(table)}::pg_catalog.regclass, ${place}, ${quoteText(family)}, ARRAY[${columns.join(', ')}]::text[])`;
}

/** The n of a column of type STRING(n). */
function stringSize({ tokens }: Statement): number | undefined {
  return isWord(tokens[1], 'string') && isSign(tokens[2], '(') && isSign(tokens[4], ')')
    ? Number.parseInt(tokens[3]!.value, 10)
    : undefined;
}

/** The types of a column stand where only a definition lets them stand. */
function asColumn(part: Statement): Statement {
  return { ...part, defines: true };
}

/** `PRIMARY KEY (a ASC)`: PostgreSQL's constraints know no direction. */
function dropDirections(part: Statement, edits: ReturnType<typeof rewriteCommon>): void {
  if (part.tokens.some((token) => isWord(token, 'check'))) return;
  for (const token of part.tokens) {
    if (isWord(token, 'desc')) throw notHere('a descending primary key or unique constraint');
    if (isWord(token, 'asc')) edits.replace(token.start, token.end, '');
  }
}
