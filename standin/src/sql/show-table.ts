import { SqlError } from '../protocol/problem.ts';
import { columnsOf } from './columns.ts';
import type { Context, RunPlan } from './plan.ts';
import { resolveRelation } from './relation.ts';
import type { Show, Shows } from './show.ts';
import { isWord, quoteText } from './statement.ts';

const COLUMNS =
  'column_name:25,data_type:25,is_nullable:16,column_default:25,generation_expression:25,indices:1009,is_hidden:16';
const INDEXES =
  'table_name:25,index_name:25,non_unique:16,seq_in_index:20,column_name:25,direction:25,storing:16,implicit:16';
const RELATION = '(SELECT relname::text FROM pg_catalog.pg_class WHERE oid = rel)';

/** A query about one table; `rel` stands for it. */
async function about(context: Context, path: string[], sql: string, tag: string, columns: string): Promise<RunPlan> {
  const { oid } = await resolveRelation(context, path);
  return {
    kind: 'run',
    sql: `WITH given AS (SELECT ${oid}::pg_catalog.oid::pg_catalog.regclass AS rel) ${sql}`,
    tag,
    columns: columnsOf(columns),
  };
}

/** cockroachlabs.com/docs/stable/show-columns */
const showColumns: Show = async (words, context) => {
  if (!words.skip('columns', 'from')) return undefined;
  const path = words.path();
  const comment = words.skip('with', 'comment');
  words.end();
  const extra = comment
    ? ', (SELECT pg_catalog.col_description(given.rel, attnum) FROM pg_catalog.pg_attribute WHERE attrelid = given.rel AND attname = c.column_name) AS comment'
    : '';
  return await about(
    context,
    path,
    `SELECT c.*${extra} FROM given, crdb.show_columns(given.rel) c`,
    'SHOW COLUMNS {rows}',
    comment ? `${COLUMNS},comment:25` : COLUMNS,
  );
};

/** cockroachlabs.com/docs/stable/show-index */
const showIndexes: Show = async (words, context) => {
  if (!words.one('indexes', 'index', 'keys') || !words.skip('from')) return undefined;
  const whole = words.skip('database');
  const path = words.path();
  const comment = words.skip('with', 'comment');
  words.end();
  const columns = comment ? `${INDEXES},comment:25` : INDEXES;
  const extra = comment
    ? ", (SELECT pg_catalog.obj_description(pg_catalog.to_regclass(i.index_name), 'pg_class')) AS comment"
    : '';
  if (!whole)
    return await about(
      context,
      path,
      `SELECT ${RELATION} AS table_name, i.*${extra} FROM given, crdb.index_columns(given.rel) i ORDER BY 2, 4`,
      'SHOW INDEXES FROM TABLE {rows}',
      columns,
    );
  mustBeHere(path[0]!, context);
  const sql = `SELECT t.relname::text AS table_name, i.*${extra} FROM pg_catalog.pg_class t, crdb.index_columns(t.oid::regclass) i WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace ORDER BY 1, 2, 4`;
  return { kind: 'run', sql, tag: 'SHOW INDEXES FROM DATABASE {rows}', columns: columnsOf(columns) };
};

/** cockroachlabs.com/docs/stable/show-constraints */
const showConstraints: Show = async (words, context) => {
  if (!words.one('constraints', 'constraint') || !words.skip('from')) return undefined;
  const path = words.path();
  words.end();
  return await about(
    context,
    path,
    'SELECT c.* FROM given, crdb.show_constraints(given.rel) c ORDER BY 2',
    'SHOW CONSTRAINTS {rows}',
    'table_name:19,constraint_name:19,constraint_type:25,details:25,validated:16',
  );
};

/** cockroachlabs.com/docs/stable/show-create */
const showCreate: Show = async (words, context) => {
  if (!words.skip('create')) return undefined;
  if (isWord(words.token, 'all')) return undefined;
  const kind = words.one('table', 'view', 'sequence');
  if (!kind && words.skip('database')) throw words.wrong();
  const path = words.path();
  words.end();
  const { oid, kind: found } = await resolveRelation(context, path);
  const name = quoteText(path.at(-1)!);
  const statement = {
    r: `crdb.show_create(${oid}::oid::regclass)`,
    v: `crdb.show_create_view(${oid}::oid::regclass)`,
    S: `crdb.show_create_sequence(${oid}::oid::regclass)`,
  }[found];
  if (!statement) throw new SqlError('42809', `"${path.at(-1)}" is not a table, view or sequence`);
  return {
    kind: 'run',
    sql: `SELECT ${name}::text AS table_name, ${statement} AS create_statement`,
    tag: 'SHOW CREATE {rows}',
    columns: columnsOf('table_name:25,create_statement:25'),
  };
};

/** cockroachlabs.com/docs/stable/show-statistics: the stand-in gathers none that it could tell. */
const showStatistics: Show = async (words, context) => {
  if (!words.skip('statistics', 'for', 'table')) return undefined;
  const path = words.path();
  words.end();
  const nothing =
    "SELECT ''::text AS statistics_name, '{}'::text[] AS column_names, now()::timestamp AS created, 0::int8 AS row_count, 0::int8 AS distinct_count, 0::int8 AS null_count, 0::int8 AS histogram_id FROM given WHERE false";
  return await about(
    context,
    path,
    nothing,
    'SHOW STATISTICS {rows}',
    'statistics_name:25,column_names:1009,created:1114,row_count:20,distinct_count:20,null_count:20,histogram_id:20',
  );
};

export function mustBeHere(database: string, context: Context): void {
  if (database !== context.database) {
    throw new SqlError(
      '0A000',
      `unimplemented: the stand-in for CockroachDB cannot show what is in another database (${database}); connect to it or USE it`,
    );
  }
}

export const SHOW_TABLE_PARTS = {
  columns: showColumns,
  indexes: showIndexes,
  constraints: showConstraints,
  create: showCreate,
  statistics: showStatistics,
} satisfies Partial<Shows>;
