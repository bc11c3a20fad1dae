# tries: to become the superuser of the database below: by roles, memberships, catalogs, and by logging in as each user
#   that there may be, with and without a certificate's name.
# holds: nobody gets more rights than root has, and only root and users made by root log in.
# cluster: insecure
import psycopg2

PLACE = 'host=localhost port=26257 dbname=defaultdb sslmode=disable connect_timeout=5'
STATEMENTS = [
    'SET ROLE postgres',
    'SET ROLE standin',
    "SET ROLE 'crdb_superuser'",
    'SET SESSION AUTHORIZATION postgres',
    'SET SESSION AUTHORIZATION DEFAULT; SET ROLE NONE; ALTER ROLE root SUPERUSER',
    'ALTER ROLE root WITH SUPERUSER',
    'ALTER USER root BYPASSRLS REPLICATION',
    'CREATE ROLE boss SUPERUSER',
    'CREATE USER boss WITH SUPERUSER',
    'CREATE ROLE boss IN ROLE pg_execute_server_program',
    *(
        f'GRANT {role} TO root'
        for role in (
            'pg_execute_server_program',
            'pg_read_server_files',
            'pg_write_server_files',
            'pg_read_all_settings',
            'pg_signal_backend',
            'pg_checkpoint',
            'pg_database_owner',
            'standin',
            'postgres',
        )
    ),
    "UPDATE pg_catalog.pg_authid SET rolsuper = true WHERE rolname = 'root'",
    'INSERT INTO pg_catalog.pg_auth_members VALUES (1, 2, 3, 4, true)',
    "UPDATE pg_authid SET rolpassword = 'x'",
    "SELECT rolpassword FROM pg_authid WHERE rolpassword <> '********'",
    "DELETE FROM pg_proc WHERE proname = 'now'",
    "UPDATE pg_proc SET provolatile = 'i', prosecdef = true",
    'UPDATE pg_language SET lanpltrusted = true',
    'CREATE FUNCTION up() RETURNS INT LANGUAGE SQL SECURITY DEFINER AS $$ SELECT 1 $$; '
    'ALTER FUNCTION up OWNER TO postgres',
    'ALTER TABLE pg_catalog.pg_class ADD COLUMN x INT',
    'DROP TABLE pg_catalog.pg_class',
    'CREATE TABLE pg_catalog.mine (a INT)',
    'CREATE TABLE crdb.mine (a INT)',
    'CREATE TABLE crdb_standin.mine (a INT)',
    'ALTER SCHEMA pg_catalog RENAME TO other',
    'DROP SCHEMA crdb_standin CASCADE',
    'DROP SCHEMA crdb_hidden CASCADE',
    'DROP DATABASE template1',
    'DROP DATABASE system',
    'SET allow_system_table_mods = on',
    "SELECT set_config('allow_system_table_mods', 'on', false)",
    'SET search_path = crdb_hidden',
    "SELECT set_config('role', 'postgres', false)",
    "SELECT set_config('session_authorization', 'postgres', false)",
    "SELECT pg_catalog.set_config('role', 'standin', false)",
    'LOCK TABLE pg_catalog.pg_class IN ACCESS EXCLUSIVE MODE',
    "SECURITY LABEL ON ROLE root IS 'x'",
    'REASSIGN OWNED BY postgres TO root',
    'DROP OWNED BY postgres',
]
# SET of a path that may not exist changes nothing: what counts is that nothing there can be called.
MAY_PASS = {'SET search_path = crdb_hidden'}
held = 0
for statement in STATEMENTS:
    connection = psycopg2.connect(PLACE + ' user=root')
    connection.autocommit = True
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        if statement not in MAY_PASS and rows != []:
            print('BROKEN answered:', statement, rows[:2])
        elif statement not in MAY_PASS and not statement.startswith('SELECT rolpassword'):
            print('BROKEN accepted:', statement)
    except psycopg2.Error:
        held += 1
    connection.close()
for user in (
    'postgres',
    'standin',
    'admin',
    'node',
    'public',
    'crdb',
    'superuser',
    'engine',
    'pg_monitor',
    '',
    'root\0',
):
    try:
        psycopg2.connect(PLACE, user=user)
        print('BROKEN logged in as', repr(user))
    except (psycopg2.Error, ValueError):
        held += 1
print('held', held)
