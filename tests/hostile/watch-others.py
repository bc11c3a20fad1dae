# tries: to watch what others do with the files that all sandboxes share.
# holds: nothing reveals when a shared file is opened or read. (What /proc reveals about the host: host-files.py.)
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == 'x86_64'
for flags in (0, os.O_NONBLOCK, os.O_CLOEXEC):
    fd = libc.inotify_init1(flags)
    print('held' if fd < 0 or libc.inotify_add_watch(fd, b'/usr/bin', 0xFFF) < 0 else 'BROKEN', 'inotify')
for watcher in (4, 0x204):
    print('held' if libc.fanotify_init(watcher, 0) < 0 else 'BROKEN', 'fanotify')
for path in (b'/usr/bin', b'/usr/lib', b'/dev'):
    fd = os.open(path, os.O_RDONLY)
    for command, argument in ((1026, 0x1F), (1024, 0)):  # F_NOTIFY, F_SETLEASE
        answer = libc.syscall(
            ctypes.c_long(72 if x86 else 25),
            ctypes.c_long(fd),
            ctypes.c_long(1 << 32 | command),
            ctypes.c_long(argument),
        )
        print('held' if answer < 0 else 'BROKEN', 'fcntl', command, path.decode())
# Whether others have recently read a file: RWF_NOWAIT reads only what is in the host's cache.
try:
    os.preadv(os.open('/usr/bin/env', os.O_RDONLY), [bytearray(100)], 0, os.RWF_NOWAIT)
    print('BROKEN preadv2')
except OSError as error:
    print('held preadv2', error.strerror)
room = ctypes.create_string_buffer(64)
print(
    'held'
    if libc.syscall(
        ctypes.c_long(451), ctypes.c_long(os.open('/usr/bin/env', os.O_RDONLY)), room, room, ctypes.c_long(0)
    )
    < 0
    else 'BROKEN',
    'cachestat',
)
