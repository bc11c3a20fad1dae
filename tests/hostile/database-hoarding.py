# tries: to fill the memory of whoever is between it and the database: with prepared statements, portals, savepoints,
#   cursors, parameters of megabytes, answers that nobody reads, statements sent ahead by the thousand.
# holds: each has a limit, or its session ends, or the sandbox runs out of memory; nobody else notices.
# kernel: ends the sandbox, because the memory is the engine's, too.
# gvisor: ends the sandbox, because the memory is the engine's, too.
# cluster: insecure
# ends: any
# timeoutMs: 12000
import os
import socket
import struct
import threading
import time


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack('!i', len(body) + 4) + body


def connect() -> socket.socket:
    client = socket.create_connection(('localhost', 26257), timeout=5)
    body = struct.pack('!I', 196608) + b'user\0root\0database\0defaultdb\0\0'
    client.sendall(struct.pack('!I', len(body) + 4) + body)
    said = b''
    while b'Z\0\0\0\5' not in said:
        part = client.recv(65536)
        if not part:
            raise OSError('no login')
        said += part
    return client


def query(text: str) -> bytes:
    return message(b'Q', text.encode() + b'\0')


PARSE = b'SELECT $1::STRING, ' + b'1, ' * 300 + b'2\0\0\0'
SYNC = message(b'S', b'')
WAYS = (
    lambda n: message(b'P', b's%d\0' % n + PARSE) + SYNC,
    lambda n: message(b'P', b'\0SELECT 1\0\0\0') + message(b'B', b'p%d\0\0' % n + struct.pack('!hhh', 0, 0, 0)),
    lambda n: query('BEGIN' if n == 0 else f'SAVEPOINT s{n}'),
    lambda n: query('BEGIN' if n == 0 else f'DECLARE c{n} CURSOR FOR SELECT generate_series(1, 100000)'),
    lambda n: query(f"SELECT repeat('x', 100000) -- {n}"),
    lambda n: query(f'PREPARE q{n} AS SELECT {"1, " * 300} 2'),
    lambda n: query("SET application_name = '" + 'a' * 100_000 + "'"),
    lambda _: b'X' * 3 + os.urandom(1000),
    lambda _: query('SELECT 1;' * 5000),
    lambda _: (
        message(b'P', b'\0SELECT $1::STRING\0\0\0')
        + message(b'B', b'\0\0' + struct.pack('!hhi', 0, 1, 8 << 20) + b'v' * (8 << 20) + struct.pack('!h', 0))
        + SYNC
    ),
)


def hoard(way: int, reads: bool) -> None:
    count = 0
    while time.monotonic() < until:
        try:
            with connect() as client:
                client.settimeout(0.5)
                for number in range(100_000):
                    client.sendall(WAYS[way](number))
                    count += 1
                    if reads and number % 50 == 49:
                        client.recv(1 << 20)
                    if time.monotonic() > until:
                        break
        except OSError:
            time.sleep(0.1)


until = time.monotonic() + 3
threads = [threading.Thread(target=hoard, args=(way, reads)) for way in range(len(WAYS)) for reads in (True, False)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('held')
