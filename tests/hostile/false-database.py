# tries: to harm the server as its database: the program listens at the engine's address, and answers the server's
#   sessions with nonsense, silence, requests for secrets, promises of gigabytes, and without end.
# holds: each session fails, and soon; what the server keeps of it is bounded.
# cluster: false
# timeoutMs: 60000
import os
import socket
import struct
import threading
import time

WAYS = 31


def message(kind: bytes, body: bytes = b'', length: int | None = None) -> bytes:
    return kind + struct.pack('!i', len(body) + 4 if length is None else length) + body


READY = message(b'Z', b'I')
HELLO = message(b'R', struct.pack('!i', 0)) + READY
COLUMN = b'one\0' + struct.pack('!ihihih', 0, 0, 25, -1, -1, 0)
DESCRIBE = message(b'T', struct.pack('!h', 1) + COLUMN)
ROW = message(b'D', struct.pack('!hi', 1, 1000) + b'x' * 1000)
DONE = message(b'C', b'SELECT 1\0')
ERROR = b'SERROR\0C42601\0M%b\0\0'
LONG = 1 << 20

# What is said at once, what is said after a query, and what is then said without end.
SAID: list[tuple[bytes, bytes, bytes]] = [
    # The first one is also how the server notices that somebody listens.
    (message(b'E', ERROR % b'first'), b'', b''),
    (b'', b'', b''),
    (b'', b'', os.urandom(65536)),
    (b'\0' * 65536, b'', b'\0' * 65536),
    (message(b'R', struct.pack('!i', 0), 2**31 - 1), b'', b'x' * 65536),
    (message(b'R', struct.pack('!i', 0), -1), b'', b''),
    (message(b'R', struct.pack('!i', 3)), b'', message(b'R', struct.pack('!i', 3))),
    (message(b'R', struct.pack('!i', 5) + b'salt'), b'', b''),
    (message(b'R', struct.pack('!i', 10) + b'SCRAM-SHA-256\0' * 5000 + b'\0'), b'', b''),
    (message(b'R', struct.pack('!i', 7)), b'', b''),
    (message(b'E', ERROR % (b'm' * LONG)), b'', b''),
    (message(b'E', b'M' + b'no end' * 10000), b'', b''),
    (b'', b'', message(b'N', ERROR % b'note')),
    (b'', b'', message(b'S', b'name\0value\0')),
    (message(b'S', b'__proto__\0polluted\0') + message(b'S', b'constructor\0x\0') + HELLO, b'', b''),
    (message(b'K', b'k' * 100_000) + HELLO, b'', b''),
    (HELLO, b'', b'\xff' * 65536),
    (HELLO, DESCRIBE, ROW),
    (HELLO, message(b'D', struct.pack('!hi', 1, 2**31 - 1)), b'x' * 65536),
    (HELLO, DESCRIBE + message(b'D', struct.pack('!hi', 1, 2**30), 2**30 + 10), b'x' * 65536),
    (HELLO, message(b'T', struct.pack('!h', 32767) + COLUMN * 32767), b''),
    (HELLO, message(b'T', struct.pack('!h', -1)), b''),
    (HELLO, b'', DESCRIBE),
    (HELLO, b'', DONE),
    (HELLO, b'', READY),
    (HELLO, message(b'G', struct.pack('!bh', 0, 0)), b''),
    (HELLO, message(b'H', struct.pack('!bh', 0, 0)), message(b'd', b'd' * 1000)),
    (HELLO, b'', message(b'A', struct.pack('!i', 1) + b'channel\0payload\0')),
    (HELLO, b'', message(b'N', ERROR % (b'\x1b]0;title\x07<script>\xff\xfe' * 100))),
    (HELLO, DESCRIBE + ROW * 10 + message(b'E', ERROR % b'late'), message(b'E', ERROR % b'again')),
    (HELLO + HELLO + DESCRIBE + ROW + DONE + READY, b'', b''),
]
assert len(SAID) == WAYS


def serve(client: socket.socket, number: int) -> None:
    first, then, endless = SAID[number % WAYS]
    client.settimeout(15)
    try:
        client.recv(65536)
        client.sendall(first)
        if first.endswith(READY):
            client.recv(65536)
        client.sendall(then)
        while endless:
            client.sendall(endless)
        client.recv(65536)
    except OSError:
        pass
    client.close()
    ended.release()


ended = threading.Semaphore(0)
server = socket.create_server(('127.0.0.1', 26257), backlog=64)
server.settimeout(20)
for number in range(WAYS):
    threading.Thread(target=serve, args=(server.accept()[0], number), daemon=True).start()
for _ in range(WAYS):
    if not ended.acquire(timeout=20):
        print('BROKEN a session did not end')
time.sleep(0.1)
print('held', WAYS)
