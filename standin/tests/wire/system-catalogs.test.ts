import { beforeAll, describe, expect, it } from 'vitest';
import { useStandin } from './served.ts';

describe("CockroachDB's catalogs, as programs read them", () => {
  const standin = useStandin();
  const rows = async (sql: string): Promise<unknown> => {
    const { answers, error } = await standin.client.ask({ sql });
    return error ?? answers.at(-1)?.rows;
  };
  beforeAll(async () => {
    await standin.client.ask({
      sql:
        'CREATE TABLE crew (id INT8 PRIMARY KEY, name STRING, boss INT8 REFERENCES crew ON DELETE CASCADE); ' +
        "CREATE INDEX by_name ON crew (name DESC) WHERE id > 3; COMMENT ON COLUMN crew.name IS 'called'; " +
        "CREATE TABLE deck_chairs (a INT8 DEFAULT 7, b STRING DEFAULT 'x', " +
        'c INT8 PRIMARY KEY DEFAULT unique_rowid(), d STRING COLLATE sv); ' +
        'CREATE VIEW bosses AS SELECT id FROM crew; CREATE SEQUENCE berths START 5 INCREMENT 2; CREATE ROLE deck',
    });
  });

  it.each([
    ["SELECT pg_catalog.version() LIKE 'CockroachDB%'", [['t']]],
    [
      'SELECT pg_catalog.current_schemas(true), current_schemas(false)',
      [['{pg_catalog,pg_extension,public}', '{public}']],
    ],
    [
      'SELECT viewname, viewowner, definition FROM pg_views',
      [['bosses', 'root', 'SELECT id FROM defaultdb.public.crew']],
    ],
    ['SELECT "table_name" FROM "information_schema"."views"', [['bosses']]],
    ['SELECT sequence_name, start_value, increment FROM information_schema.sequences', [['berths', '5', '2']]],
    ['SELECT count(*) FROM defaultdb.pg_catalog.pg_sequence', [['1']]],
    [
      'SELECT rolname, rolsuper, rolinherit, rolcanlogin FROM pg_catalog.pg_roles ORDER BY 1',
      [
        ['admin', 't', 't', 't'],
        ['deck', 'f', 't', 'f'],
        ['root', 't', 'f', 't'],
      ],
    ],
    ['SELECT usename FROM "pg_catalog"."pg_user"', [['root']]],
    [
      'SELECT unique_constraint_name, update_rule, delete_rule FROM information_schema.referential_constraints',
      [['primary', 'NO ACTION', 'CASCADE']],
    ],
    [
      'SELECT pg_get_indexdef(indexrelid), pg_get_indexdef(indexrelid, 1, true) FROM pg_index i JOIN pg_class c ' +
        "ON c.oid = indexrelid WHERE relname = 'by_name'",
      [['CREATE INDEX by_name ON defaultdb.public.crew USING btree (name DESC) WHERE id > 3', 'name']],
    ],
    [
      'SELECT i, indkey FROM (SELECT generate_subscripts(indkey, 1::INT8) i, indkey FROM pg_index WHERE indrelid = ' +
        "'crew'::REGCLASS AND indisprimary) x",
      [['0', '1']],
    ],
    [
      'SELECT DISTINCT data_type, udt_name, crdb_sql_type FROM information_schema.columns WHERE table_schema = ' +
        "'information_schema' AND column_name IN ('table_name', 'ordinal_position') ORDER BY 1",
      [
        ['bigint', 'int8', 'INT8'],
        ['text', 'text', 'STRING'],
      ],
    ],
    [
      "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'deck_chairs'::REGCLASS ORDER BY adnum",
      [['7'], ["'x'::STRING"], ['unique_rowid()']],
    ],
    [
      'SELECT collation_name, collname FROM information_schema.columns, pg_collation c JOIN pg_attribute a ON ' +
        "attcollation = c.oid WHERE column_name = 'd' AND attname = 'd' AND table_name = 'deck_chairs'",
      [['sv', 'sv']],
    ],
    [
      'SELECT information_schema.columns.column_name FROM information_schema.columns ' +
        "WHERE information_schema.columns.table_name = 'bosses'",
      [['id']],
    ],
    ["SELECT to_regtype('int8'), to_regtype('no_such')", [['bigint', null]]],
    [
      "SELECT column_name, column_comment FROM information_schema.columns WHERE table_name = 'crew'",
      [
        ['id', ''],
        ['name', 'called'],
        ['boss', ''],
      ],
    ],
  ])('%s', async (sql, expected) => {
    expect(await rows(sql)).toEqual(expected);
  });

  it('tells alembic that a column has no comment', async () => {
    await standin.client.ask({ sql: 'CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)' });
    const comments = "SELECT column_comment FROM information_schema.columns WHERE table_name = 'crew'";
    expect(await rows(comments)).toEqual([[null], ['called'], [null]]);
    await standin.client.ask({ sql: 'DROP TABLE alembic_version' });
  });
});
