# tries: socket options that make the kernel keep code or memory for which it charges nobody, or load modules; filters
#   of its own.
# holds: each is refused, even with garbage in the halves of arguments that the kernel ignores; common options can be
#   set.
import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
SETSOCKOPT = 54 if os.uname().machine == 'x86_64' else 208
code = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0xFFFF), 8)  # return 0xffff
program = ctypes.create_string_buffer(struct.pack('HxxxxxxQ', 1, ctypes.addressof(code)), 16)
number = ctypes.create_string_buffer(struct.pack('i', 16), 16)
name = ctypes.create_string_buffer(b'cubic', 16)
group = ctypes.create_string_buffer(socket.inet_aton('224.0.0.9') + socket.inet_aton('127.0.0.1') + bytes(8), 16)
SOL, IP, TCP, IPV6 = 1, 0, 6, 41
REFUSED = {
    'attach filter': (SOL, 26, program),
    'attach bpf': (SOL, 50, number),
    'reuseport filter': (SOL, 51, program),
    'reuseport bpf': (SOL, 52, number),
    'lock filter': (SOL, 44, number),
    'detach': (SOL, 27, number),
    'zerocopy': (SOL, 60, number),
    'mark': (SOL, 36, number),
    'device': (SOL, 25, name),
    'busy poll': (SOL, 46, number),
    'sndbufforce': (SOL, 32, number),
    'rcvbufforce': (SOL, 33, number),
    'timestamping': (SOL, 37, number),
    'debug': (SOL, 1, number),
    'fast open': (TCP, 23, number),
    'upper layer': (TCP, 31, name),
    'congestion': (TCP, 13, name),
    'repair': (TCP, 19, number),
    'md5': (TCP, 14, number),
    'defer': (TCP, 9, number),
    'join': (IP, 35, group),
    'source filter': (IP, 41, group),
    'options': (IP, 4, number),
    'transparent': (IP, 19, number),
    'iptables': (IP, 64, number),
    'recverr': (IP, 11, number),
    'join 6': (IPV6, 20, group),
    'anycast': (IPV6, 27, group),
    'flow label': (IPV6, 32, group),
    'hop options': (IPV6, 54, number),
    'destination options': (IPV6, 59, number),
    'netlink': (270, 11, number),
    'vsock': (40, 0, number),
    'tls': (282, 1, number),
    'alg': (279, 1, number),
}
ends = [socket.socket(), socket.socket(socket.AF_INET6), *socket.socketpair()]
for what, (level, option, value) in REFUSED.items():
    for high in (0, 1 << 32):
        answers = [
            libc.syscall(
                *map(ctypes.c_long, (SETSOCKOPT, end.fileno(), high | level, high | option)), value, ctypes.c_long(16)
            )
            for end in ends
        ]
        print('held' if set(answers) == {-1} else 'BROKEN', what, hex(high))
for high in (0, 1 << 32):
    answer = libc.syscall(
        *map(ctypes.c_long, (55 if SETSOCKOPT == 54 else 209, ends[0].fileno(), high | TCP, high | 35)),
        ctypes.create_string_buffer(64),
        ctypes.create_string_buffer(b'@', 4),
    )
    print('held' if answer == -1 and ctypes.get_errno() in (1, 38) else 'BROKEN', 'zerocopy receive', hex(high))
for what, answer in {
    'prctl filter': libc.prctl(22, 2, program, 0, 0),
    'prctl strict': libc.prctl(22, 1, 0, 0, 0),
    'seccomp': libc.syscall(
        ctypes.c_long(317 if SETSOCKOPT == 54 else 277), ctypes.c_long(1), ctypes.c_long(0), program
    ),
    'landlock': libc.syscall(ctypes.c_long(444), number, ctypes.c_long(8), ctypes.c_long(0)),
}.items():
    print('held' if answer == -1 else 'BROKEN', what)
end = ends[0]
for level, option in (
    (SOL, socket.SO_REUSEADDR),
    (SOL, socket.SO_KEEPALIVE),
    (TCP, socket.TCP_NODELAY),
    (TCP, socket.TCP_KEEPIDLE),
):
    end.setsockopt(level, option, 1)
print('held: common options can be set')
