# tries: to use up what the database has for clients, without reaching the sandbox's limit on connections: some log in
#   and do nothing, some send half a greeting, some nothing, some go and come again.
# holds: the server is answered, or told that there are too many clients; when the program has ended, all is free again.
# cluster: insecure
# timeoutMs: 15000
import os
import socket
import struct
import time

body = struct.pack('!I', 196608) + b'user\0root\0database\0defaultdb\0\0'
GREETING = struct.pack('!I', len(body) + 4) + body
WAYS = (GREETING, GREETING[:11], b'', struct.pack('!II', 8, 80877103), b'\x16\x03\x01')
AT_ONCE = 20
# Sockets of both sides, of at most 1,024. The database closes its own later than a client does, so that only a count
# tells how many there are. gVisor has none, and no such limit.
MOST_SOCKETS = 640
COUNTED = '/proc/net/sockstat'
until = time.monotonic() + 2


def is_crowded() -> bool:
    if not os.path.exists(COUNTED):
        return False
    with open(COUNTED) as file:
        return int(file.readline().split()[-1]) > MOST_SOCKETS


for worker in range(20):
    if os.fork() == 0:
        clients: list[socket.socket] = []
        refused = count = 0
        while time.monotonic() < until:
            if len(clients) == AT_ONCE or (clients and is_crowded()):
                clients.pop(0).close()
                time.sleep(0.01)
                continue
            client = socket.socket()
            client.settimeout(1)
            try:
                client.connect(('127.0.0.1', 26257))
                client.sendall(WAYS[worker % len(WAYS)])
                clients.append(client)
                count += 1
            except OSError:
                refused += 1
        print('held', count, 'refused', refused, flush=True)
        os._exit(0)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
