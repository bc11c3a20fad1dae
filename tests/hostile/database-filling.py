# tries: to end the database by filling its disk: with databases, rows, indexes, temporary files, long transactions, and
#   with tables until there is no room for another file.
# holds: each is refused with the limit's name, and making room makes room.
# cluster: insecure
# timeoutMs: 60000
import time

import psycopg2

FULL = ('53100', '53200', '53400', '57014')
SECONDS = 0.8


def connect(database: str) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(host='localhost', port=26257, user='root', dbname=database, sslmode='disable')
    connection.autocommit = True
    return connection


connection = connect('defaultdb')


def run(statement: str) -> str | None:
    """Returns the SQLSTATE, or None when the statement succeeded."""
    try:
        connection.cursor().execute(statement)
        return None
    except psycopg2.Error as error:
        if error.pgcode is None or (error.pgcode == '53100' and 'disk is full' not in str(error)):
            print('BROKEN said:', statement[:60], error)
        return error.pgcode


def fill(what: str, statement: str) -> None:
    until, count, code = time.monotonic() + SECONDS, 0, None
    while code is None and time.monotonic() < until:
        code = run(statement.format(count))
        count += 1
    print('held' if code in (None, *FULL) else 'BROKEN', what, code, count)


ROWS = 'INSERT INTO t (v) SELECT repeat(md5(g::STRING), 20) FROM generate_series(1, {}) AS g'


def empty() -> None:
    code = run('TRUNCATE t')
    print('held' if code is None else 'BROKEN', 'emptied', code)


run('CREATE TABLE t (id INT PRIMARY KEY DEFAULT unique_rowid(), v STRING)')
fill('rows', ROWS.format(20000))
empty()
run(ROWS.format(20000))
fill('updates', "UPDATE t SET v = v || '{}'")
fill('indexes', 'CREATE INDEX i{} ON t (v)')
fill('copies', 'CREATE TABLE c{} AS SELECT * FROM t')
fill('sorting', 'SELECT count(*) FROM (SELECT DISTINCT a.v, b.id FROM t AS a, t AS b ORDER BY 1, 2 LIMIT 1000000) AS s')
empty()
fill('a transaction', "BEGIN; INSERT INTO t (v) SELECT repeat('x', 2000) FROM generate_series(1, 60000); ROLLBACK")
run('ROLLBACK')
fill('databases', 'CREATE DATABASE d{}')
fill('the rest', ROWS.format(100))
for number in range(3):
    other = connect(f'd{number}')
    other.cursor().execute('SELECT 1')
    other.close()
for making in ('DELETE FROM t WHERE id > 0', 'DROP DATABASE d0 CASCADE', 'DROP TABLE t'):
    code = run(making)
    print('held' if code is None else 'BROKEN', making, code)
fill('tables', 'CREATE TABLE many{} (id INT PRIMARY KEY, v STRING)')
code = run('CREATE TABLE IF NOT EXISTS again (id INT PRIMARY KEY)') and run('DROP TABLE many0, many1, many2')
print('held' if code is None else 'BROKEN', 'afterwards', code)
