# tries: to end the database by its memory: with texts, arrays and objects as large as they get, in many sessions.
# holds: each is refused, or its session ends; then the database answers again.
# kernel: ends the sandbox, because its memory is the engine's, too, and the kernel may end that.
# gvisor: ends the sandbox, because its memory is the engine's, too.
# cluster: insecure
# ends: any
# timeoutMs: 12000
import threading
import time

import psycopg2

STATEMENTS = [
    "SELECT length(repeat('x', 1 << 29))",
    "SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 1000000)",
    'SELECT array_length(array_agg(g), 1) FROM generate_series(1, 30000000) AS g',
    "SELECT length(json_agg(repeat('x', 100))::STRING) FROM generate_series(1, 3000000)",
    "SELECT length(lpad('', 500000000, 'x'))",
    'SELECT count(*) FROM (SELECT a FROM generate_series(1, 20000000) AS a GROUP BY a)',
    "SELECT sha256(repeat('x', 1 << 28))",
    "SELECT length(format('%' || (1 << 29)::STRING || 's', 'x'))",
]
until = time.monotonic() + 3
ended = threading.Event()


def work(number: int) -> None:
    while time.monotonic() < until:
        try:
            connection = psycopg2.connect(
                host='localhost', port=26257, user='root', dbname='defaultdb', sslmode='disable'
            )
            connection.autocommit = True
            for offset in range(len(STATEMENTS)):
                try:
                    connection.cursor().execute(STATEMENTS[(number + offset) % len(STATEMENTS)])
                except psycopg2.Error:
                    pass
            connection.close()
        except psycopg2.Error:
            time.sleep(0.1)


threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('held')
