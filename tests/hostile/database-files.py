# tries: to read and write files as the database: by functions, large objects, COPY, IMPORT and EXPORT; the functions
#   under every name by which they might be reached.
# holds: each statement is refused, no answer contains what is in a file, and no file has appeared.
# cluster: insecure
import glob

import psycopg2

FILE = '/etc/passwd'
CALLS = [
    f'{schema}{function}'
    for function in (
        f"pg_read_file('{FILE}')",
        f"pg_read_binary_file('{FILE}')",
        "pg_ls_dir('/')",
        f"pg_stat_file('{FILE}')",
        'pg_ls_waldir()',
        'pg_current_logfile()',
        f"lo_import('{FILE}')",
        "lo_export(1, '/tmp/owned-by-export')",
        "lo_from_bytea(0, 'x')",
        "pg_file_write('/tmp/owned-by-write', 'x', false)",
        'pg_export_snapshot()',
        'pg_switch_wal()',
        "pg_backup_start('x')",
    )
    for schema in ('', 'pg_catalog.', '"pg_catalog"."', 'crdb_hidden.', 'crdb_standin.', 'U&"pg\\005fcatalog".')
]
CALLS = [call if '."' not in call[:14] else call.replace('(', '"(', 1) for call in CALLS]
CALLS += [f"crdb_internal.read_file('{FILE}')", "crdb_internal.write_file('x', '/tmp/owned-by-crdb')"]
STATEMENTS = [
    *(f'SELECT {call}' for call in CALLS),
    *(f'SELECT * FROM {call} AS x' for call in CALLS[:6]),
    f"CREATE TABLE f (v STRING DEFAULT pg_read_file('{FILE}'))",
    f"CREATE TABLE g (v STRING, w STRING AS (pg_read_file('{FILE}')) STORED)",
    f"CREATE VIEW v AS SELECT pg_read_file('{FILE}')",
    'CREATE TABLE h (v STRING); CREATE INDEX ON h (pg_read_file(v))',
    'CREATE AGGREGATE a (text) (sfunc = pg_read_file, stype = text)',
    'CREATE OPERATOR === (function = pg_read_file, rightarg = text)',
    'CREATE CAST (text AS bytea) WITH FUNCTION pg_read_binary_file(text)',
    f"SELECT count(*) FILTER (WHERE pg_read_file('{FILE}') = '')",
    f"SELECT ('{FILE}'::text).pg_read_file",
    f"PREPARE r AS SELECT pg_read_file('{FILE}')",
    f"SELECT query_to_xml('SELECT pg_read_file(''{FILE}'')', true, true, '')",
    f"SELECT ts_stat('SELECT pg_read_file(''{FILE}'')')",
    'CREATE TABLE c (v STRING)',
    f"COPY c FROM '{FILE}'",
    f"COPY c FROM '{FILE}' WITH (FORMAT csv)",
    "COPY c TO '/tmp/owned-by-copy'",
    "COPY (SELECT 1) TO '/tmp/owned-by-copy'",
    f"IMPORT INTO c CSV DATA ('nodelocal://1{FILE}')",
    f"IMPORT INTO c CSV DATA ('nodelocal://self/../../..{FILE}')",
    "EXPORT INTO CSV 'nodelocal://1/tmp' FROM TABLE c",
    "CREATE TABLESPACE t LOCATION '/tmp'",
    "SELECT crdb_internal.write_file('x'::bytes, 'nodelocal://1/owned-by-nodelocal')",
]
ALLOWED = {'CREATE TABLE c (v STRING)'}
connection = psycopg2.connect(host='localhost', port=26257, user='root', dbname='defaultdb', sslmode='disable')
connection.autocommit = True
held = 0
for statement in STATEMENTS:
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        held += 1
        if 'root:' in str(error):
            print('BROKEN told by an error:', statement)
        continue
    if statement not in ALLOWED:
        print('BROKEN accepted:', statement, rows[:2])
print('BROKEN files' if glob.glob('/tmp/owned-by-*') else 'held', held, 'statements')
