import { entry, virtualTables } from '../../catalog/catalog.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { beginsAlias } from '../rewriting/catalogs.ts';
import { mentions } from '../text/mentions.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import { ACTIVITY_TABLES } from './activity-tables.ts';
import { CLUSTER_TABLES } from './cluster-tables.ts';
import { COMPATIBILITY_TABLES } from './compatibility-tables.ts';
import { OBJECT_TABLES } from './object-tables.ts';
import { PRIVILEGE_TABLES } from './privilege-tables.ts';
import { ROLE_TABLES } from './role-tables.ts';
import { SYSTEM_TABLES } from './system-tables.ts';
import { columnNames, nullColumns, OWN_COLUMNS, type VirtualTable } from './virtual-table.ts';

const TABLES = {
  ...ACTIVITY_TABLES,
  ...COMPATIBILITY_TABLES,
  ...CLUSTER_TABLES,
  ...OBJECT_TABLES,
  ...PRIVILEGE_TABLES,
  ...ROLE_TABLES,
  ...SYSTEM_TABLES,
};
/** The template has this one. */
const IN_POSTGRES = ['crdb_internal.node_build_info'];
/** Only members of admin read these. */
const FOR_ADMINS = /^crdb_internal\.(?:cluster_settings|gossip_|kv_|ranges|node_metrics)/;

/** The columns of tables that are refused when read, where their order is known. */
const ORDERED: Readonly<Record<string, string>> = {
  'crdb_internal.zones':
    'zone_id INT8, subzone_id INT8, target STRING, range_name STRING, database_name STRING, table_name STRING, ' +
    'index_name STRING, partition_name STRING, raw_config_yaml STRING, raw_config_sql STRING, ' +
    'raw_config_protobuf BYTES, full_config_yaml STRING, full_config_sql STRING',
  'system.namespace': 'parentID INT8, parentSchemaID INT8, name STRING, id INT8',
};

/** A virtual table that a statement names. */
interface Named {
  /** Its schema and name. */
  table: string;
  before: Token | undefined;
  from: Token;
  to: Token;
  next: Token | undefined;
}

/**
 * Replaces the tables of crdb_internal and system by queries that compose them. Those that the stand-in does not have
 * keep their columns, and are refused when they are read. Throws StatementError (insufficientPrivilege) for tables that
 * the client's user may not read.
 *
 *     SELECT * FROM crdb_internal.databases
 *     SELECT * FROM (SELECT oid::int8, … FROM pg_catalog.pg_database) AS "databases" ("id", …)
 */
export async function replaceVirtualTables(statement: Statement, edits: TextEdits, context: Context): Promise<void> {
  for (const { table, before, from, to, next } of namedTables(statement.tokens, context)) {
    const name = table.split('.')[1]!;
    const listed = entry(await virtualTables(), table);
    if (listed === undefined || IN_POSTGRES.includes(table)) continue;
    if (isSign(next, '.')) {
      edits.remove(from.start, to.end);
      edits.insert(to.end, quoteName(name));
      continue;
    }
    await requireReader(table, context);
    const { columns, rows } = entry<VirtualTable>(TABLES, table) ?? refused(table, ORDERED[table] ?? listed);
    const names = columns === OWN_COLUMNS ? '' : ` (${columnNames(columns)})`;
    const query = `(SELECT * FROM (${await rows(context)}) AS v${names})`;
    edits.remove(from.start, to.end);
    const source = beginsAlias(next) ? query : `${query} AS ${quoteName(name)}`;
    const isWhole = isWord(before, 'table');
    if (isWhole) edits.remove(before!.start, before!.end);
    edits.insert(to.end, isWhole ? `(SELECT * FROM ${source})` : source);
  }
}

/** Words of which each name of a virtual table has one, except in database system. */
const NAMING = [
  ...['crdb_internal', 'system', 'information_schema', 'pg_catalog'],
  ...Object.keys(TABLES).flatMap((table) => (table.startsWith('pg_catalog.') ? [table.split('.')[1]!] : [])),
];

/** Returns the tables of these schemas that are named where a table can stand, or before a column. */
function namedTables(tokens: readonly Token[], { database }: Context): Named[] {
  const found: Named[] = [];
  if (database !== 'system' && !mentions(tokens, ...NAMING)) return found;
  for (let i = 0; i < tokens.length; i++) {
    if (!isName(tokens[i]) || isSign(tokens[i - 1], '.')) continue;
    const first = i;
    const before = tokens[first - 1];
    const parts = [tokens[i]!];
    while (parts.length < 4 && isSign(tokens[i + 1], '.') && isName(tokens[i + 2])) parts.push(tokens[(i += 2)]!);
    const isTable = isWord(before, 'from', 'join', 'table') || isSign(before, ',');
    const names = parts.map(({ value }) => value);
    const inner = names[0] === database && names.length > 2 && database !== 'system' ? names.slice(1) : names;
    const at = names.length - inner.length;
    const [schema, second] = inner;
    const named = (length: number, table: string): void => {
      const to = parts[at + length - 1]!;
      const next = tokens[first + 2 * (at + length) - 1];
      if (!isSign(next, '(') && (isTable || isSign(next, '.')))
        found.push({ table, before, from: parts[0]!, to, next });
    };
    if (schema === 'crdb_internal' && inner.length > 1) named(2, `crdb_internal.${second}`);
    else if (
      /^(?:information_schema|pg_catalog)$/.test(schema!) &&
      inner.length > 1 &&
      Object.hasOwn(TABLES, `${schema}.${second}`)
    )
      named(2, `${schema}.${second}`);
    else if (inner.length === 1 && Object.hasOwn(TABLES, `pg_catalog.${schema}`)) named(1, `pg_catalog.${schema}`);
    else if (schema === 'system' && second === 'public' && inner.length > 2) named(3, `system.${inner[2]}`);
    else if (schema === 'system' && second !== 'public' && inner.length > 1) named(2, `system.${second}`);
    else if (database === 'system' && isTable && schema === 'public' && inner.length > 1) named(2, `system.${second}`);
    else if (database === 'system' && isTable && inner.length === 1) named(1, `system.${schema}`);
  }
  return found;
}

async function requireReader(table: string, context: Context): Promise<void> {
  const isSystem = table.startsWith('system.');
  if (!(isSystem || FOR_ADMINS.test(table)) || (await isAdmin(context))) return;
  const message = isSystem
    ? `user ${context.user} does not have SELECT privilege on relation ${table.split('.')[1]}`
    : `only users with the admin role are allowed to read ${table}`;
  throw new StatementError(SQLSTATE.insufficientPrivilege, message);
}

/** Returns a table that refuses to be read; a query that reads no row of it gets its columns. */
function refused(table: string, columns: string): VirtualTable {
  const { code, message } = notSupported(table).fields;
  // OFFSET keeps PostgreSQL from seeing that no row can satisfy a condition, and from never reading any.
  const rows = (): string =>
    `SELECT ${nullColumns(columns)} WHERE crdb_standin.refuse(${quoteText(code)}, ${quoteText(message)}) OFFSET 0`;
  return { columns, rows };
}
