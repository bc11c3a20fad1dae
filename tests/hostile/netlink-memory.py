# tries: to fill the host's memory with replies to netlink requests that nobody reads, for which the kernel charges
#   nobody.
# holds: no netlink socket can be opened, and host names are resolved without one.
import ctypes
import os
import socket
import struct

REQUEST = struct.pack('=IHHIIBxHI', 24, 18, 0x301, 1, 0, 0, 0, 0)  # RTM_GETLINK, all of them
kept = []
try:
    while len(kept) < 200:
        kept.append(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
        kept[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        try:
            for _ in range(1000):
                kept[-1].send(REQUEST, socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass
    print('BROKEN', len(kept), 'netlink sockets')
except PermissionError:
    print('held' if not kept else 'BROKEN', len(kept), 'netlink sockets')
SOCKET = 41 if os.uname().machine == 'x86_64' else 198
for high in (0, 1 << 32):
    answer = ctypes.CDLL(None).syscall(*map(ctypes.c_long, (SOCKET, high | socket.AF_NETLINK, socket.SOCK_RAW, 0)))
    print('held' if answer == -1 else 'BROKEN', 'netlink', hex(high))
print('held' if socket.getaddrinfo('localhost', 80) else 'BROKEN', 'names are found')
