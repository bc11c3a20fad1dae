# tries: to take any number of locks on files, for which nobody is charged; locks on files that all sandboxes share
#   would signal to another sandbox, or block it.
# holds: each kind is refused, on shared files and on its own, even with garbage in the half of an argument that the
#   kernel ignores.
import ctypes
import fcntl
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
open('own', 'w').close()
SETLK, SETLKW, OFD_SETLK, OFD_SETLKW, SETLEASE = 6, 7, 37, 38, 1024
region = struct.pack('hhqqi4x', fcntl.F_RDLCK, 0, 0, 1, 0)
for path in ('own', '/usr/bin/env', '/dev/null', '/etc/passwd'):
    for mode in (os.O_RDONLY, os.O_RDWR):
        try:
            fd = os.open(path, mode)
        except OSError:
            continue
        for command in (SETLK, SETLKW, OFD_SETLK, OFD_SETLKW):
            for high in (0, 1 << 32):
                answer = libc.syscall(
                    ctypes.c_long(72 if os.uname().machine == 'x86_64' else 25),
                    ctypes.c_long(fd),
                    ctypes.c_long(high | command),
                    region,
                )
                print('BROKEN' if answer == 0 else 'held', path, 'fcntl', command, hex(high))
        print('BROKEN' if libc.fcntl(fd, SETLEASE, fcntl.F_RDLCK) == 0 else 'held', path, 'lease')
        print('BROKEN' if libc.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB) == 0 else 'held', path, 'flock')
