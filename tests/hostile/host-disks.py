# tries: to keep the host's disks busy: by flushing them, reading past the cache, discarding what is cached.
# holds: each is refused, or does nothing; files in memory can be synced as usual.
import ctypes
import fcntl
import mmap
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == 'x86_64'
OPEN, OPENAT, OPENAT2, SYNC, SYNCFS, SYNC_RANGE, READAHEAD, IOCTL = (
    (2, 257, 437, 162, 306, 277, 187, 16) if x86 else (-1, 56, 437, 81, 267, 84, 213, 29)
)
FILE = b'/usr/bin/env'


def call(*arguments):
    """Returns the kernel's answer."""
    return libc.syscall(*[ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments])


def verdict(is_held, what):
    print('held' if is_held else 'BROKEN', what)


fd = os.open(FILE, os.O_RDONLY)
verdict(call(SYNC) == -1, 'sync')
verdict(call(SYNCFS, fd) == -1, 'syncfs')
verdict(call(SYNC_RANGE, fd, 0, 0, 7) == -1, 'sync_file_range')
verdict(call(READAHEAD, fd, 0, 1 << 20) == -1, 'readahead')
for high in (0, 1 << 32):
    if x86:
        verdict(call(OPEN, FILE, high | os.O_DIRECT) == -1, 'past the cache: open')
    verdict(call(OPENAT, -100, FILE, high | os.O_DIRECT) == -1, 'past the cache: openat')
    verdict(call(72 if x86 else 25, fd, high | fcntl.F_SETFL, high | os.O_DIRECT) == -1, 'past the cache: fcntl')
    verdict(call(221 if x86 else 223, fd, 0, 0, high | 4) == -1, 'fadvise')
verdict(call(OPENAT2, -100, FILE, struct.pack('QQQ', os.O_DIRECT, 0, 0), 24) == -1, 'past the cache: openat2')
# FIFREEZE, FITRIM, BTRFS_IOC_SYNC, FS_IOC_FIEMAP, FS_IOC_ADD_ENCRYPTION_KEY, FS_IOC_SETFLAGS, XFS_IOC_FREESP, FICLONE:
# the filter must refuse these, so that no file system of the host has to.
room = ctypes.create_string_buffer(256)
for request in (0xC0045877, 0xC0185879, 0x9408, 0xC020660B, 0xC0506617, 0x40086602, 0x4030582A, 0x40049409):
    ctypes.set_errno(0)
    verdict(call(IOCTL, fd, request, room) == -1 and ctypes.get_errno() in (1, 38), f'ioctl {request:x}')
os.fsync(fd)
os.fdatasync(fd)
mmap.mmap(fd, 0, mmap.MAP_SHARED, mmap.PROT_READ).flush()
with open('own', 'w') as own:
    own.write('mine')
    own.flush()
    os.fsync(own.fileno())
print('held: what is written can be synced')
