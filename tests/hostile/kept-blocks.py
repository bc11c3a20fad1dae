# tries: to fill the host's memory with data that nobody reads: one byte that waits in a connection keeps the whole
#   block from which it was cut, while the rest went to another connection. The socket is charged for the byte, and
#   nobody for the block.
# holds: the run is ended before it keeps much, which the test checks by the host's memory. Some kernels (6.12) merge
#   the bytes in time; then it keeps little, and may go on.
# gvisor: ends the sandbox, because its kernel keeps all of that in the sandbox's memory, and may fill it.
# ends: any
# timeoutMs: 60000
import ctypes
import os
import socket
import time

BLOCK = 32 << 10
MUCH = 2 << 30
PER_CONNECTION = 1500


def connect():
    with socket.create_server(('127.0.0.1', 0)) as server:
        ends = socket.create_connection(server.getsockname()), server.accept()[0]
    ends[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return ends


# Through a pipe, a block would move to a local socket, which is not charged for it.
for call in (
    lambda: os.splice(os.open('/usr/bin/env', os.O_RDONLY), os.pipe()[1], 1),
    lambda: ctypes.CDLL(None).tee(0, 1, 1, 0),
):
    try:
        print('BROKEN splice' if call() >= 0 else 'held splice')
    except OSError:
        print('held splice')
rest, sink = connect()
fill, kept, blocks, until = bytes(BLOCK - 1), [], 0, time.monotonic() + 45
while time.monotonic() < until and blocks * BLOCK < MUCH:
    kept.append(connect())
    kept[-1][0].setblocking(False)
    try:
        for _ in range(PER_CONNECTION):
            kept[-1][0].send(b'x')
            blocks += 1
            rest.sendall(fill)
            left = len(fill)
            while left:
                left -= len(sink.recv(left))
    except BlockingIOError:
        pass
print('held if the host says so: it sent what would keep', blocks * BLOCK >> 20, 'MiB on', len(kept), 'connections')
