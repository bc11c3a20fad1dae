import { columnsOf } from '../../protocol/columns.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isName, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { requireDatabase, requireSameDatabase, schemaExists } from '../translation/lookups.ts';
import { resolveRelation, schemaOfPath } from '../translation/relation.ts';
import { resolveType } from '../translation/named-type.ts';
import type { Forward } from '../translation/translation.ts';
import {
  DATABASE_PRIVILEGES,
  ROLE_MEMBERS,
  SCHEMA_PRIVILEGES,
  tablePrivileges,
  TYPE_PRIVILEGES,
} from '../access/privilege-queries.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';
import { showUsers } from './show-users.ts';

const text = (...names: string[]) => columnsOf(Object.fromEntries(names.map((name) => [name, 'text'] as const)));
const DATABASE_COLUMNS = text('database_name', 'grantee', 'privilege_type');
const SCHEMA_COLUMNS = text('database_name', 'schema_name', 'grantee', 'privilege_type');
const TYPE_COLUMNS = text('database_name', 'schema_name', 'type_name', 'grantee', 'privilege_type');
const TABLE_COLUMNS = text('database_name', 'schema_name', 'table_name', 'grantee', 'privilege_type');
const ALL_COLUMNS = text('database_name', 'schema_name', 'relation_name', 'grantee', 'privilege_type');

/** What a query asks: for these objects, whose privileges are rows of `source`. */
interface Asked {
  source: string;
  columns: ReturnType<typeof text>;
  condition: string;
}

/** cockroachlabs.com/docs/stable/show-grants */
const showGrants: ShowReader = async (reader, context) => {
  if (!reader.skip('grants')) return undefined;
  if (reader.skip('on', 'role')) return grantsOnRoles(reader);
  const { source, columns, condition } = await readTargets(reader, context);
  const users = readUsers(reader);
  return {
    kind: 'forward',
    sql: `
      SELECT p.*
      FROM (${source}) p
      WHERE ${condition}
        ${users ? `AND p.grantee IN (${users})` : ''}
      ORDER BY ${columns.map((_, at) => `${at + 1} NULLS FIRST`).join(', ')}`,
    tag: 'SHOW GRANTS {rows}',
    columns,
  };
};

/** Reads `FOR user, …` to the end; undefined for all users. Throws StatementError (syntaxError). */
function readUsers(reader: StatementReader): string | undefined {
  const users = reader.skip('for') ? reader.names() : undefined;
  reader.expectEnd();
  return users?.map(quoteText).join(', ');
}

/** Reads the objects whose privileges are asked for: with none, all of the database. Throws StatementError. */
async function readTargets(reader: StatementReader, context: Context): Promise<Asked> {
  if (!reader.skip('on')) return await everything();
  const isKind = isName(reader.peek(1)) && !isWord(reader.peek(1), 'for');
  const kind =
    isKind || reader.peek(1)?.value === '*' ? reader.oneOf('database', 'schema', 'type', 'table') : undefined;
  if (kind === 'database') return await onDatabases(reader.names(), context);
  if (kind === 'schema') return await onSchemas(reader.paths(), context);
  if (kind === 'type') return await onTypes(reader.paths(), context);
  return await onTables(reader, context);
}

async function everything(): Promise<Asked> {
  const source = `
    SELECT database_name, NULL::text AS schema_name, NULL::text AS relation_name, grantee, privilege_type
    FROM (${DATABASE_PRIVILEGES}) d
    UNION ALL
    SELECT database_name, schema_name, NULL, grantee, privilege_type
    FROM (${SCHEMA_PRIVILEGES}) s
    UNION ALL
    SELECT *
    FROM (${await tablePrivileges()}) t
    UNION ALL
    SELECT *
    FROM (${TYPE_PRIVILEGES}) y`;
  return { source, columns: ALL_COLUMNS, condition: 'true' };
}

async function onDatabases(names: string[], context: Context): Promise<Asked> {
  for (const name of names) {
    await requireDatabase(context, name);
    await requireSameDatabase(context, name);
  }
  return { source: DATABASE_PRIVILEGES, columns: DATABASE_COLUMNS, condition: 'true' };
}

async function onSchemas(paths: string[][], context: Context): Promise<Asked> {
  const names = paths.map((path) => path.at(-1)!);
  for (const name of names)
    if (!(await schemaExists(context, name)))
      throw new StatementError(SQLSTATE.invalidSchemaName, `target database or schema does not exist`);
  const condition = `p.schema_name IN (${names.map(quoteText).join(', ')})`;
  return { source: SCHEMA_PRIVILEGES, columns: SCHEMA_COLUMNS, condition };
}

async function onTypes(paths: string[][], context: Context): Promise<Asked> {
  const types = await Promise.all(paths.map((path) => resolveType(context, path)));
  const pairs = types.map(({ schema, name }) => `(${quoteText(schema)}, ${quoteText(name)})`);
  return {
    source: TYPE_PRIVILEGES,
    columns: TYPE_COLUMNS,
    condition: `(p.schema_name, p.type_name) IN (${pairs.join(', ')})`,
  };
}

/** Reads names of tables, with `*` for all of a schema. Throws StatementError. */
async function onTables(reader: StatementReader, context: Context): Promise<Asked> {
  const conditions: string[] = [];
  do {
    const path = reader.pattern();
    if (path.at(-1) === '*') {
      const schema = schemaOfPath(context, path.slice(0, -1)) ?? 'public';
      conditions.push(`p.schema_name = ${quoteText(schema)}`);
    } else {
      const { oid } = await resolveRelation(context, path);
      conditions.push(`(p.schema_name, p.table_name) IN (
        SELECT n.nspname::text, c.relname::text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = ${oid}
      )`);
    }
  } while (reader.skip(','));
  return { source: await tablePrivileges(), columns: TABLE_COLUMNS, condition: `(${conditions.join(' OR ')})` };
}

function grantsOnRoles(reader: StatementReader): Forward {
  const roles = reader.atEnd || isWord(reader.token, 'for') ? undefined : reader.names();
  const users = readUsers(reader);
  return {
    kind: 'forward',
    sql: `
      SELECT m.*
      FROM (${ROLE_MEMBERS}) m
      WHERE ${roles ? `m.role IN (${roles.map(quoteText).join(', ')})` : 'true'}
        AND ${users ? `m.member IN (${users})` : 'true'}
      ORDER BY 1, 2`,
    tag: 'SHOW GRANTS ON ROLE {rows}',
    columns: columnsOf({ role_name: 'text', member: 'text', is_admin: 'bool' }),
  };
}

/** The readers of SHOW for users and privileges. */
export const SHOW_GRANTS_AND_ROLES = { users: showUsers, grants: showGrants } satisfies Partial<ShowReaders>;
