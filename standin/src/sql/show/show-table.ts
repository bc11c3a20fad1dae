import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { columnsOf, type Column } from '../../protocol/columns.ts';
import { quoteText } from '../text/quoting.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { requireSameDatabase } from '../translation/lookups.ts';
import { resolveShown } from '../translation/relation.ts';
import type { Forward } from '../translation/translation.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';

/** Returns the columns and, for `WITH COMMENT`, one more. */
function withComment(columns: Column[], comment: boolean): Column[] {
  return comment ? [...columns, ...columnsOf({ comment: 'text' })] : columns;
}

/** Returns a query about one table, which the query calls `given.rel`. */
async function queryOnTable(
  context: Context,
  path: string[],
  { sql, tag, columns }: { sql: string; tag: string; columns: Column[] },
): Promise<Forward> {
  const { oid } = await resolveShown(context, path);
  return {
    kind: 'forward',
    sql: `WITH given AS (SELECT ${oid}::pg_catalog.oid::pg_catalog.regclass AS rel) ${sql}`,
    tag,
    columns,
  };
}

const COLUMNS = columnsOf({
  column_name: 'text',
  data_type: 'text',
  is_nullable: 'bool',
  column_default: 'text',
  generation_expression: 'text',
  indices: 'textArray',
  is_hidden: 'bool',
});
const COLUMN_COMMENT = `(
  SELECT pg_catalog.col_description(given.rel, attnum)
  FROM pg_catalog.pg_attribute
  WHERE attrelid = given.rel
    AND attname = c.column_name
)`;

/** cockroachlabs.com/docs/stable/show-columns */
const showColumns: ShowReader = async (reader, context) => {
  if (!reader.skip('columns', 'from')) return undefined;
  const path = reader.path();
  const comment = reader.skip('with', 'comment');
  reader.expectEnd();
  return await queryOnTable(context, path, {
    sql: `
      SELECT c.*${comment ? `, ${COLUMN_COMMENT} AS comment` : ''}
      FROM given, crdb.show_columns(given.rel) c`,
    tag: 'SHOW COLUMNS {rows}',
    columns: withComment(COLUMNS, comment),
  });
};

const INDEXES = columnsOf({
  table_name: 'text',
  index_name: 'text',
  non_unique: 'bool',
  seq_in_index: 'int8',
  column_name: 'text',
  direction: 'text',
  storing: 'bool',
  implicit: 'bool',
});
const indexComment = (table: string): string => `(
  SELECT pg_catalog.obj_description(x.indexrelid, 'pg_class')
  FROM pg_catalog.pg_index x
  WHERE x.indrelid = ${table}
    AND crdb.index_name(x.indexrelid, x.indisprimary) = i.index_name
)`;

/** cockroachlabs.com/docs/stable/show-index */
const showIndexes: ShowReader = async (reader, context) => {
  if (!reader.oneOf('indexes', 'index', 'keys') || !reader.skip('from')) return undefined;
  const ofDatabase = reader.skip('database');
  const path = reader.path();
  const comment = reader.skip('with', 'comment');
  reader.expectEnd();
  const columns = withComment(INDEXES, comment);
  const details = comment ? `i.*, ${indexComment(ofDatabase ? 't.oid' : 'given.rel')} AS comment` : 'i.*';
  if (ofDatabase) return await indexesOfDatabase(context, path[0]!, details, columns);
  return await queryOnTable(context, path, {
    sql: `
      SELECT (SELECT relname::text FROM pg_catalog.pg_class WHERE oid = rel) AS table_name, ${details}
      FROM given, crdb.listed_index_columns(given.rel) i
      ORDER BY 2, 4`,
    tag: 'SHOW INDEXES FROM TABLE {rows}',
    columns,
  });
};

async function indexesOfDatabase(
  context: Context,
  database: string,
  details: string,
  columns: Column[],
): Promise<Forward> {
  await requireSameDatabase(context, database);
  return {
    kind: 'forward',
    sql: `
      SELECT t.relname::text AS table_name, ${details}
      FROM pg_catalog.pg_class t, crdb.listed_index_columns(t.oid::regclass) i
      WHERE t.relkind = 'r'
        AND t.relnamespace = 'public'::regnamespace
      ORDER BY 1, 2, 4`,
    tag: 'SHOW INDEXES FROM DATABASE {rows}',
    columns,
  };
}

/** cockroachlabs.com/docs/stable/show-constraints */
const showConstraints: ShowReader = async (reader, context) => {
  if (!reader.oneOf('constraints', 'constraint') || !reader.skip('from')) return undefined;
  const path = reader.path();
  reader.expectEnd();
  return await queryOnTable(context, path, {
    sql: `
      SELECT c.*
      FROM given, crdb.show_constraints(given.rel) c
      ORDER BY 2`,
    tag: 'SHOW CONSTRAINTS {rows}',
    columns: columnsOf({
      table_name: 'name',
      constraint_name: 'name',
      constraint_type: 'text',
      details: 'text',
      validated: 'bool',
    }),
  });
};

/** The function that prints a relation, by the kind of the relation. */
const CREATE_FUNCTIONS: Record<string, string> = {
  r: 'crdb.show_create',
  v: 'crdb.show_create_view',
  m: 'crdb.show_create_view',
  S: 'crdb.show_create_sequence',
};

/** Returns a name as SHOW CREATE repeats it: `bank.accounts` in database `bank` becomes `bank.public.accounts`. */
function shownName(path: string[], { database }: Context): string {
  const [first, ...rest] = path;
  return (path.length === 2 && first === database ? [first, 'public', ...rest] : path).join('.');
}

/** cockroachlabs.com/docs/stable/show-create */
const showCreate: ShowReader = async (reader, context) => {
  if (!reader.skip('create')) return undefined;
  if (isWord(reader.token, 'all')) return undefined;
  const kind = reader.oneOf('table', 'view', 'sequence');
  if (!kind && reader.skip('database')) throw reader.syntaxError();
  const path = reader.path();
  reader.expectEnd();
  const relation = await resolveShown(context, path);
  const name = path.at(-1)!;
  const shown = shownName(path, context);
  const print = CREATE_FUNCTIONS[relation.kind];
  if (!print) throw new StatementError(SQLSTATE.wrongObjectType, `"${name}" is not a table, view or sequence`);
  return {
    kind: 'forward',
    sql: `
      SELECT ${quoteText(shown)}::text AS table_name,
        ${print}(${relation.oid}::oid::regclass) AS create_statement`,
    tag: 'SHOW CREATE {rows}',
    columns: columnsOf({ table_name: 'text', create_statement: 'text' }),
  };
};

/** cockroachlabs.com/docs/stable/show-statistics: what CREATE STATISTICS has counted, without histograms. */
const showStatistics: ShowReader = async (reader, context) => {
  if (!reader.skip('statistics', 'for', 'table')) return undefined;
  const path = reader.path();
  reader.expectEnd();
  return await queryOnTable(context, path, {
    sql: `
      SELECT s.name AS statistics_name,
        s.column_names,
        s.created,
        s.row_count,
        s.distinct_count,
        s.null_count,
        NULL::int8 AS histogram_id
      FROM given
      JOIN crdb.standin_statistics s ON s.rel = given.rel
      ORDER BY s.created`,
    tag: 'SHOW STATISTICS {rows}',
    columns: columnsOf({
      statistics_name: 'text',
      column_names: 'textArray',
      created: 'timestamp',
      row_count: 'int8',
      distinct_count: 'int8',
      null_count: 'int8',
      histogram_id: 'int8',
    }),
  });
};

/** The readers of SHOW for the parts of one table. */
export const SHOW_TABLE_PARTS = {
  columns: showColumns,
  indexes: showIndexes,
  constraints: showConstraints,
  create: showCreate,
  statistics: showStatistics,
} satisfies Partial<ShowReaders>;
