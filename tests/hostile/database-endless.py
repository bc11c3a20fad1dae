# tries: to keep the database busy for ever with statements that never answer, in as many sessions as it allows.
# holds: new sessions are answered, or told that there are too many; when the program has ended, so have they.
# cluster: insecure
# ends: timeout
# timeoutMs: 2500
import threading
import time

import psycopg2

STATEMENTS = [
    'SELECT pg_sleep(1e6)',
    'WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r',
    'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100000) c',
    "SELECT count(*) FROM generate_series(1, 1000000) g WHERE repeat('a', 300) ~ '(a*)*b'",
    'SELECT pg_advisory_lock(1)',
    'SELECT sum(sqrt(g::FLOAT)) FROM generate_series(1, 1000000000000) g',
]


def keep_busy(number: int) -> None:
    while True:
        try:
            connection = psycopg2.connect(
                host='localhost', port=26257, user='root', dbname='defaultdb', sslmode='disable'
            )
            connection.autocommit = True
            connection.cursor().execute(STATEMENTS[number % len(STATEMENTS)])
        except psycopg2.Error:
            time.sleep(0.2)


for number in range(30):
    threading.Thread(target=keep_busy, args=(number,)).start()
