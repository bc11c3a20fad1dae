# tries: to use up the database's connections: 10,000 are opened, some log in, some send half a greeting, some
#   nothing.
# holds: it refuses what is too many; when the program has ended, it answers.
# cluster: insecure
# ends: any
# timeoutMs: 8000
import os
import socket
import struct
import time

body = struct.pack('!I', 196608) + b'user\0root\0database\0defaultdb\0\0'
GREETING = struct.pack('!I', len(body) + 4) + body
WAYS = (GREETING, GREETING[:11], b'', struct.pack('!II', 8, 80877103))
until = time.monotonic() + 6
for _ in range(50):
    if os.fork() == 0:
        clients = []
        while len(clients) < 200 and time.monotonic() < until:
            client = socket.socket()
            client.settimeout(1)
            try:
                client.connect(('127.0.0.1', 26257))
                client.sendall(WAYS[len(clients) % len(WAYS)])
                clients.append(client)
            except OSError:
                time.sleep(0.05)
        time.sleep(max(0, until - time.monotonic()))
        print('opened', len(clients), flush=True)
        os._exit(0)
try:
    while True:
        os.wait()
except ChildProcessError:
    print('held')
