# tries: to leave statements behind that go on when nobody waits for them: the program ends right after it has sent
#   them, and some of them hold locks.
# holds: they are ended with their client, and the locks are free.
# cluster: insecure
import os
import socket
import struct
import time


def connect() -> socket.socket:
    client = socket.create_connection(('localhost', 26257))
    body = struct.pack('!I', 196608) + b'user\0root\0database\0defaultdb\0\0'
    client.sendall(struct.pack('!I', len(body) + 4) + body)
    while b'Z\0\0\0\5' not in client.recv(65536):
        pass
    return client


def query(text: str) -> bytes:
    return b'Q' + struct.pack('!I', len(text) + 5) + text.encode() + b'\0'


first = connect()
first.sendall(query('CREATE TABLE locked (a INT); INSERT INTO locked VALUES (1)'))
time.sleep(0.5)
clients = []
for number in range(12):
    client = connect()
    client.sendall(
        query('BEGIN; UPDATE locked SET a = a + 1; SELECT pg_sleep(1e6)' if number < 3 else 'SELECT pg_sleep(1e6)')
    )
    clients.append(client)
time.sleep(0.3)
print('held', flush=True)
os._exit(0)
