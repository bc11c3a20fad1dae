# tries: to take the large pages that the host keeps ready, which do not count as memory.
# holds: there is no way to get them; ordinary memory is available.
import ctypes
import mmap
import os

MAP_HUGETLB, MFD_HUGETLB, SHM_HUGETLB = 0x40000, 4, 0o4000
libc = ctypes.CDLL(None, use_errno=True)
for size in (0, 21 << 26, 30 << 26):
    try:
        mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_HUGETLB | size)
        print('BROKEN mmap', size >> 26)
    except (OSError, ValueError):
        print('held mmap', size >> 26)
    for high in (0, 1 << 32):
        answer = libc.syscall(
            *map(ctypes.c_long, (319 if os.uname().machine == 'x86_64' else 279,)),
            b'x',
            ctypes.c_long(high | MFD_HUGETLB | size),
        )
        print('held' if answer == -1 else 'BROKEN', 'memfd', size >> 26, hex(high))
print('held' if libc.shmget(0, 1 << 21, 0o1600 | SHM_HUGETLB) == -1 else 'BROKEN', 'shm')
mmap.mmap(-1, 1 << 20)[0] = 1
print('held' if libc.memfd_create(b'x', 0) >= 0 else 'BROKEN', 'memory as usual')
