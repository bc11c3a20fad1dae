# tries: to run a program as the database: COPY … PROGRAM, functions in C and in untrusted languages, libraries,
#   extensions, settings that name a command.
# holds: each statement is refused, and nothing ran: no file has appeared where everybody may write.
# cluster: insecure
import glob

import psycopg2

MARK = 'touch /tmp/owned-by-database'
STATEMENTS = [
    f"COPY (SELECT 1) TO PROGRAM '{MARK}'",
    f"CREATE TABLE p (a INT); COPY p FROM PROGRAM '{MARK}'",
    f"/**/COPY/**/(SELECT 1)/*;*/TO--\nPROGRAM '{MARK}'",
    "COPY (SELECT 1) TO program E'\\x74ouch /tmp/owned-by-database'",
    f"(COPY (SELECT 1) TO PROGRAM '{MARK}')",
    f"EXPLAIN ANALYZE COPY (SELECT 1) TO PROGRAM '{MARK}'",
    f"PREPARE x AS COPY (SELECT 1) TO PROGRAM '{MARK}'",
    f"WITH x AS (COPY (SELECT 1) TO PROGRAM '{MARK}') SELECT 1",
    f"SELECT 1; COPY (SELECT 1) TO PROGRAM '{MARK}'",
    f"BEGIN; COPY (SELECT 1) TO PROGRAM '{MARK}'; COMMIT",
    f"DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''{MARK}'''; END $$",
    f"SELECT query_to_xml('COPY (SELECT 1) TO PROGRAM ''{MARK}''', true, true, '')",
    "CREATE FUNCTION c(text) RETURNS INT AS '/lib/x86_64-linux-gnu/libc.so.6', 'system' LANGUAGE c STRICT",
    "CREATE FUNCTION c(text) RETURNS INT AS 'libc.so.6', 'system' LANGUAGE 'C'",
    "CREATE FUNCTION i(cstring) RETURNS INT AS 'pg_read_file' LANGUAGE internal",
    "CREATE FUNCTION py() RETURNS INT AS $$ import os; os.system('id') $$ LANGUAGE plpython3u",
    'CREATE FUNCTION pl() RETURNS INT AS $$ BEGIN PERFORM pg_sleep(1); RETURN 1; END $$ LANGUAGE plperlu',
    'CREATE LANGUAGE plpython3u',
    'CREATE TRUSTED LANGUAGE mine HANDLER plpgsql_call_handler',
    "LOAD '/tmp/evil.so'",
    "LOAD 'auto_explain'",
    *(f'CREATE EXTENSION {name}' for name in ('adminpack', 'file_fdw', 'dblink', 'plpython3u', 'postgres_fdw')),
    "ALTER SYSTEM SET archive_command = 'touch /tmp/owned-by-database'",
    "ALTER SYSTEM SET shared_preload_libraries = '/tmp/evil'",
    *(
        f"SET {name} = '/tmp/evil'"
        for name in ('session_preload_libraries', 'local_preload_libraries', 'dynamic_library_path', 'jit_provider')
    ),
    "SELECT set_config('session_preload_libraries', '/tmp/evil', false)",
    "ALTER ROLE root SET session_preload_libraries = '/tmp/evil'",
    "ALTER DATABASE defaultdb SET local_preload_libraries = '/tmp/evil'",
    'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION e()',
    'CREATE ACCESS METHOD a TYPE TABLE HANDLER heap_tableam_handler',
    'SELECT pg_reload_conf()',
    'SELECT pg_catalog.pg_reload_conf()',
]
with open('/tmp/evil.so', 'wb') as file:
    file.write(b'\x7fELF')
connection = psycopg2.connect(host='localhost', port=26257, user='root', dbname='defaultdb', sslmode='disable')
connection.autocommit = True
for statement in STATEMENTS:
    try:
        connection.cursor().execute(statement)
        print('BROKEN accepted:', statement)
    except psycopg2.Error as error:
        print('held', error.pgcode, statement.splitlines()[0][:60])
        connection.cursor().execute('ROLLBACK') if connection.info.transaction_status else None
print('BROKEN a program ran' if glob.glob('/tmp/owned-by-*') else 'held: nothing ran')
